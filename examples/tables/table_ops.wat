;; title: Handlers that come and go
;; group: Tables
;; order: 3
;; kind: task
;; minutes: 10
;; needs: table
;; look: A table can change while the module runs. Here its places are handlers, which are added and removed.
;; goal: add puts the handler into the first empty place, and makes the table longer if none is empty.
;; hint: Every handler lands at place 0. A loop over the places is missing.
;; hint: Go from 0 to `table.size`, and leave the loop where `ref.is_null (table.get $handlers …)` gives 1.
;; hint: If the place found is equal to `table.size`, call `table.grow` with `ref.null func` and 1, and drop its result.
;; must: contain ref.is_null
;; must: contain table.grow
;; expect: add 0 -> 0
;; expect: add 1 -> 1
;; expect: add 0 -> 2
;; expect: fire 1 5 -> 25
;; expect: fire 2 5 -> 6
;; expect: remove 1 ->
;; expect: trap null_reference: fire 1 5
;; expect: add 1 -> 1
;; expect: places -> 3
;; expect: add 1 -> 3
;; expect: fire 3 9 -> 81
;; expect: remove 0 ->
;; expect: remove 2 ->
;; expect: add 0 -> 0
;; expect: add 0 -> 2
;; expect: places -> 4
;; expect: trap out_of_bounds_table_access: fire 4 1

(module
  (type $handler (func (param i32) (result i32)))
  (table $known funcref (elem $next $square))
  (table $handlers 2 funcref)

  (func $next (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 1))
  )

  (func $square (param i32) (result i32)
    (i32.mul (local.get 0) (local.get 0))
  )

  ;; puts a known function into an empty place, and gives the place
  (func (export "add") (param $which i32) (result i32)
    (local $place i32)
    (table.set $handlers (local.get $place) (table.get $known (local.get $which)))
    (local.get $place)
  )

  (func (export "remove") (param $place i32)
    (table.set $handlers (local.get $place) (ref.null func))
  )

  (func (export "fire") (param $place i32) (param $number i32) (result i32)
    (call_indirect $handlers (type $handler) (local.get $number) (local.get $place))
  )

  (func (export "places") (result i32)
    (table.size $handlers)
  )
)
