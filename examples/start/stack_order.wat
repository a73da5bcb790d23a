;; title: The order on the stack
;; group: Start
;; order: 3
;; kind: task
;; needs: hello_export
;; minutes: 4
;; look: An instruction takes its operands from the top of the stack. The one that was pushed first is the left one.
;; goal: Let `sub` compute a − b, and `scale` compute (a − b) × c.
;; hint: `i32.sub` subtracts the value on top of the stack from the value below it.
;; hint: `sub` pushes its parameters in the wrong order. `scale` multiplies before it subtracts.
;; hint: In `scale`, write `i32.sub` directly after the second `local.get`, and `i32.mul` at the end.
;; expect: sub 10 3 -> 7
;; expect: sub 3 10 -> -7
;; expect: sub -2147483648 1 -> 2147483647
;; expect: scale 10 3 2 -> 14
;; expect: scale 1 5 3 -> -12
;; expect: same 100: sub ? ?
;; expect: same 100: scale ? ? ?

(module
  (func (export "sub") (param $a i32) (param $b i32) (result i32)
    local.get $b
    local.get $a
    i32.sub
  )

  (func (export "scale") (param $a i32) (param $b i32) (param $c i32) (result i32)
    local.get $a
    local.get $b
    local.get $c
    i32.mul
    i32.sub
  )
)
