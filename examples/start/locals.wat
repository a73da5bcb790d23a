;; title: Room for a value
;; group: Start
;; order: 5
;; kind: task
;; needs: folded_flat
;; minutes: 5
;; look: A local is a variable of one call. It begins as zero, and `local.set` and `local.tee` change it.
;; goal: Compute the fourth power of n with two multiplications, and keep the square by `local.tee`.
;; hint: `$square` is never set, so it is zero. The first operand of the outer `i32.mul` should be the square of n.
;; hint: `local.tee` stores the value that is on top of the stack, and leaves it there. It can stand where an operand stands.
;; hint: The first operand is `(local.tee $square (i32.mul (local.get $n) (local.get $n)))`.
;; must: contain local.tee
;; must: contain at most 2 i32.mul
;; must: have at most 1 locals
;; expect: fourth_power 2 -> 16
;; expect: fourth_power 0 -> 0
;; expect: fourth_power -3 -> 81
;; expect: fourth_power 300 -> -489934592
;; expect: same 100: fourth_power ?

(module
  (func (export "fourth_power") (param $n i32) (result i32)
    (local $square i32)
    (i32.mul
      (local.get $n) ;; the square of n, and store it
      (local.get $square)
    )
  )
)
