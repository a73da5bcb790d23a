;; title: One of several ways
;; group: Control
;; order: 1
;; kind: task
;; needs: signedness
;; minutes: 6
;; look: An `if` with a result is a value: each of its two arms must leave one on the stack.
;; goal: Let `fare` give 0 below 6 years, 2 from 6 to 17, 4 from 18 to 64, and 3 from 65 on.
;; hint: The arm `else` can hold a whole `if` again, and so on.
;; hint: Ask in order of age: below 6, else below 18, else below 65, else the last price.
;; hint: In `else` write `(if (result i32) (i32.lt_u (local.get $age) (i32.const 18)) (then …) (else …))`.
;; must: contain if
;; expect: fare 5 -> 0
;; expect: fare 6 -> 2
;; expect: fare 17 -> 2
;; expect: fare 18 -> 4
;; expect: fare 64 -> 4
;; expect: fare 65 -> 3
;; expect: fare 0 -> 0
;; expect: same 100: fare 0..120

(module
  ;; the price of a bus ride, by age
  (func (export "fare") (param $age i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $age) (i32.const 6))
      (then (i32.const 0))
      (else (i32.const 4))
    )
  )
)
