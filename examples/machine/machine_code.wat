;; title: Where are the checks?
;; group: Machine
;; order: 5
;; minutes: 8
;; needs: engines traps
;; look: The panel Artifact lists the machine code of each function by its size.
;; look: Guess before you look: which of these functions is the largest, and which are equal?
;; hint: Look for functions that give the same results for every argument, although their texts differ.
;; hint: n * 2, a shift by one place, and n + n are the same, also if the result wraps around. LLVM knows such rules.
;; hint: The three functions whose names begin with `twice` get the same code. `divide` has the most, because it must compare with 0, and with −1.
;; expect: twice_multiply 21 -> 42
;; expect: twice_shift 21 -> 42
;; expect: twice_add -5 -> -10
;; expect: divide 7 2 -> 3
;; expect: trap integer_divide_by_zero: divide 1 0
;; expect: trap integer_overflow: divide -2147483648 -1
;; expect: half 7 -> 3
;; expect: peek 65532 -> 0
;; expect: trap out_of_bounds_memory_access: peek 65533
;; expect: trap out_of_bounds_memory_access: peek -1

(module
  (memory 1)

  (func (export "twice_multiply") (param $n i32) (result i32)
    (i32.mul (local.get $n) (i32.const 2))
  )

  (func (export "twice_shift") (param $n i32) (result i32)
    (i32.shl (local.get $n) (i32.const 1))
  )

  (func (export "twice_add") (param $n i32) (result i32)
    (i32.add (local.get $n) (local.get $n))
  )

  ;; two reasons to trap: zero, and the largest result plus one
  (func (export "divide") (param $a i32) (param $b i32) (result i32)
    (i32.div_s (local.get $a) (local.get $b))
  )

  ;; the divisor is known here
  (func (export "half") (param $n i32) (result i32)
    (i32.div_u (local.get $n) (i32.const 2))
  )

  (func (export "peek") (param $address i32) (result i32)
    (i32.load (local.get $address))
  )
)
