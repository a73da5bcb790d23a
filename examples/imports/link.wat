;; title: Two modules, one program
;; group: Imports
;; order: 9
;; minutes: 8
;; needs: library
;; look: This module does all its work with functions of another one, the lesson "A module for other modules".
;; look: Connect its three imports with that lesson's tab in the panel Imports, by An export of another tab. Without that it does not start.
;; hint: Count how often `leak` pushes, and how often it pops.
;; hint: `left` gives the number of values on the library's stack. `calculate` and `reverse` leave nothing there, and each `leak` leaves one.
;; hint: After one `leak` the answer is 1. **Run** makes new instances of both modules, and a new stack is empty.
;; expect: error missing_imports

(module
  (import "stack" "push" (func $push (param i32)))
  (import "stack" "pop" (func $pop (result i32)))
  (import "stack" "depth" (func $depth (result i32)))

  ;; (a + b) × c
  (func (export "calculate") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (call $push (local.get $a))
    (call $push (local.get $b))
    (call $add)
    (call $push (local.get $c))
    (call $multiply)
    (call $pop)
  )

  (func (export "reverse") (param $a i32) (param $b i32) (param $c i32) (result i32 i32 i32)
    (call $push (local.get $a))
    (call $push (local.get $b))
    (call $push (local.get $c))
    (call $pop)
    (call $pop)
    (call $pop)
  )

  ;; pushes and forgets to pop
  (func (export "leak") (param $number i32)
    (call $push (local.get $number))
  )

  (func (export "left") (result i32)
    (call $depth)
  )

  (func $add
    (call $push (i32.add (call $pop) (call $pop)))
  )

  (func $multiply
    (call $push (i32.mul (call $pop) (call $pop)))
  )
)
