;; title: Folded or flat
;; group: Start
;; order: 4
;; kind: task
;; needs: stack_order
;; minutes: 5
;; look: The same instructions can be written one after another, or folded into parentheses. Both make the same bytes.
;; goal: Write the body of `folded` in parentheses, so that it is the same code as `flat`.
;; hint: The last instruction of the flat form is the outermost one of the folded form.
;; hint: `i32.mul` has two operands here: a sum, and a difference. Each is a pair of parentheses of its own.
;; hint: The second operand of `i32.mul` is `(i32.sub (local.get $a) (local.get $b))`.
;; must: be the binary of folded_flat
;; expect: flat 7 3 -> 40
;; expect: folded 7 3 -> 40
;; expect: folded 3 7 -> -40
;; expect: folded -1 -1 -> 0
;; expect: same 100: folded ? ?

(module
  ;; (a + b) × (a − b)
  (func (export "flat") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.add
    local.get $a
    local.get $b
    i32.sub
    i32.mul
  )

  (func (export "folded") (param $a i32) (param $b i32) (result i32)
    (i32.mul
      (i32.add (local.get $a) (local.get $b))
      (i32.const 1) ;; the difference belongs here
    )
  )
)
