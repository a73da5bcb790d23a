;; title: A module for other modules
;; group: Imports
;; order: 8
;; minutes: 4
;; needs: import_memory
;; look: This module is a stack of numbers. It has no purpose of its own: other modules are meant to import from it.
;; look: Each function of it checks its own rules, since it cannot know who calls.
;; hint: A stack gives back the number that came last. The first lines of `pop` say how it ends if there is none.
;; hint: Look at what `pop` changes: it subtracts from `$top`, and it loads. It stores nothing.
;; hint: The results are -8, 7 and the trap `unreachable`. The number 7 still stands at address 0. Only the next `push` writes over it.
;; expect: depth -> 0
;; expect: push 7 ->
;; expect: push -8 ->
;; expect: depth -> 2
;; expect: pop -> -8
;; expect: pop -> 7
;; expect: trap unreachable: pop
;; expect: depth -> 0
;; expect: memory 0x0 = 07 00 00 00 f8 ff ff ff
;; expect: push 5 ->
;; expect: memory 0x0 = 05 00 00 00 f8 ff ff ff

(module
  (memory (export "numbers") 1 1)
  (global $top (mut i32) (i32.const 0)) ;; the first free address

  (func (export "push") (param $number i32)
    (i32.store (global.get $top) (local.get $number))
    (global.set $top (i32.add (global.get $top) (i32.const 4)))
  )

  (func (export "pop") (result i32)
    (if (i32.eqz (global.get $top))
      (then unreachable)
    )
    (global.set $top (i32.sub (global.get $top) (i32.const 4)))
    (i32.load (global.get $top))
  )

  (func (export "depth") (result i32)
    (i32.div_u (global.get $top) (i32.const 4))
  )
)
