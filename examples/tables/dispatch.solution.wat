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

  (table $methods 6 funcref)
  (elem (i32.const 0)
    $square_area $square_outline
    $rectangle_area $rectangle_outline
    $circle_area $circle_outline
  )

  (func (export "area") (param $object i32) (result f64)
    (call_indirect (type $method)
      (local.get $object)
      (i32.mul (i32.load (local.get $object)) (i32.const 2))
    )
  )

  (func (export "outline") (param $object i32) (result f64)
    (call_indirect (type $method)
      (local.get $object)
      (i32.add (i32.mul (i32.load (local.get $object)) (i32.const 2)) (i32.const 1))
    )
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
