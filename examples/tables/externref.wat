;; title: Things of the host
;; group: Tables
;; order: 4
;; kind: task
;; minutes: 8
;; needs: table_ops
;; look: An externref is a thing of the host. The guest can keep it and hand it back, and it can look at nothing inside.
;; look: The import object of this tab has two functions in JavaScript: one makes objects, one says if two of them are the same.
;; goal: swap exchanges the objects at two places of the table.
;; hint: After swap, both places hold the same object: the first one was overwritten before it was read.
;; hint: A local can hold a reference: (local $kept externref).
;; hint: Put the object of $a into $kept before the place $a is written, and store $kept at $b.
;; expect: fill ->
;; expect: calls env.object 3
;; expect: is_first 0 -> 1
;; expect: is_first 1 -> 0
;; expect: swap 0 1 ->
;; expect: is_first 0 -> 0
;; expect: is_first 1 -> 1
;; expect: swap 1 2 ->
;; expect: is_first 2 -> 1
;; expect: is_first 1 -> 0
;; expect: swap 2 2 ->
;; expect: is_first 2 -> 1
;; expect: all_differ -> 1
;; expect: trap out_of_bounds_table_access: swap 0 3
;; expect: all_differ -> 1

(module
  (import "env" "object" (func $object (result externref)))
  (import "env" "same" (func $same (param externref externref) (result i32)))
  (table $kept 3 externref)
  (global $first (mut externref) (ref.null extern))

  (func (export "fill")
    (global.set $first (call $object))
    (table.set $kept (i32.const 0) (global.get $first))
    (table.set $kept (i32.const 1) (call $object))
    (table.set $kept (i32.const 2) (call $object))
  )

  (func (export "swap") (param $a i32) (param $b i32)
    (table.set $kept (local.get $a) (table.get $kept (local.get $b)))
    (table.set $kept (local.get $b) (table.get $kept (local.get $a)))
  )

  (func (export "is_first") (param $place i32) (result i32)
    (call $same (table.get $kept (local.get $place)) (global.get $first))
  )

  (func (export "all_differ") (result i32)
    (if (call $equal (i32.const 0) (i32.const 1))
      (then (return (i32.const 0)))
    )
    (if (call $equal (i32.const 1) (i32.const 2))
      (then (return (i32.const 0)))
    )
    (i32.eqz (call $equal (i32.const 0) (i32.const 2)))
  )

  (func $equal (param $a i32) (param $b i32) (result i32)
    (call $same (table.get $kept (local.get $a)) (table.get $kept (local.get $b)))
  )
)
