;; title: Double
;; group: First
;; order: 1
;; kind: task
;; minutes: 3
;; look: A first task: a function that doubles its number.
;; goal: Make double give twice its number.
;; hint: The number is already on the stack once. Which instruction adds two numbers?
;; hint: Put the number on the stack a second time with local.get, then add.
;; must: not contain i32.mul
;; expect: double 0 -> 0
;; expect: double 21 -> 42
;; expect: same 50: double ?

(module
  (func (export "double") (param $number i32) (result i32)
    local.get $number
  )
)
