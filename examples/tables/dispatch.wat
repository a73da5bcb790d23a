;; title: Objects with methods
;; group: Tables
;; order: 5
;; kind: task
;; minutes: 12
;; needs: table_ops
;; look: An object starts with the number of its kind. A table has the methods of all kinds, two for each.
;; goal: area and outline call the method of the object's own kind, for squares, rectangles and circles.
;; hint: The method's place in the table is the kind times two, plus the number of the method: 0 for area, 1 for outline.
;; hint: The kind is the first `i32` of the object: `i32.load` at its address.
;; hint: Circles are missing in the table. Append $circle_area and $circle_outline to the `elem` segment, and make room for six.
;; must: contain call_indirect
;; must: not contain br_table
;; must: not contain if
;; expect: area 0 -> 9
;; expect: outline 0 -> 12
;; expect: area 32 -> 10
;; expect: outline 32 -> 14
;; expect: area 64 -> 12.566370614359172
;; expect: outline 64 -> 12.566370614359172
;; expect: make 96 0 0.5 0 ->
;; expect: area 96 -> 0.25
;; expect: make 96 2 1 0 ->
;; expect: outline 96 -> 6.283185307179586
;; expect: make 96 3 1 1 ->
;; expect: trap out_of_bounds_table_access: area 96

(module
  (type $method (func (param $object i32) (result f64)))
  (memory (export "mem") 1)

  ;; an object: its kind at 0, two numbers at 8 and 16
  (data (i32.const 0) "\00\00\00\00\00\00\00\00" "\00\00\00\00\00\00\08\40") ;; a square of 3
  (data (i32.const 32) "\01\00\00\00\00\00\00\00"
    "\00\00\00\00\00\00\00\40" ;; a rectangle of 2
    "\00\00\00\00\00\00\14\40" ;; by 5
  )
  (data (i32.const 64) "\02\00\00\00\00\00\00\00" "\00\00\00\00\00\00\00\40") ;; a circle of 2

  (table $methods 4 funcref)
  (elem (i32.const 0) $square_area $square_outline $rectangle_area $rectangle_outline)

  (func (export "area") (param $object i32) (result f64)
    (call_indirect (type $method) (local.get $object) (i32.const 0))
  )

  (func (export "outline") (param $object i32) (result f64)
    (call_indirect (type $method) (local.get $object) (i32.const 1))
  )

  (func (export "make") (param $at i32) (param $kind i32) (param $a f64) (param $b f64)
    (i32.store (local.get $at) (local.get $kind))
    (f64.store offset=8 (local.get $at) (local.get $a))
    (f64.store offset=16 (local.get $at) (local.get $b))
  )

  (func $square_area (param $object i32) (result f64)
    (f64.mul (f64.load offset=8 (local.get $object)) (f64.load offset=8 (local.get $object)))
  )

  (func $square_outline (param $object i32) (result f64)
    (f64.mul (f64.const 4) (f64.load offset=8 (local.get $object)))
  )

  (func $rectangle_area (param $object i32) (result f64)
    (f64.mul (f64.load offset=8 (local.get $object)) (f64.load offset=16 (local.get $object)))
  )

  (func $rectangle_outline (param $object i32) (result f64)
    (f64.mul
      (f64.const 2)
      (f64.add (f64.load offset=8 (local.get $object)) (f64.load offset=16 (local.get $object)))
    )
  )

  (func $circle_area (param $object i32) (result f64)
    (f64.mul
      (f64.const 3.141592653589793)
      (f64.mul (f64.load offset=8 (local.get $object)) (f64.load offset=8 (local.get $object)))
    )
  )

  (func $circle_outline (param $object i32) (result f64)
    (f64.mul (f64.const 6.283185307179586) (f64.load offset=8 (local.get $object)))
  )
)
