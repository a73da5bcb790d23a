(module
  (func (export "twice") (param $n i32) (result i32)
    (i32.add (local.get $n) (local.get $n))
  )

  (func $square (export "square") (param $n i32) (result i32)
    (i32.mul (local.get $n) (local.get $n))
  )

  ;; the square of the first, less the square of the second
  (func (export "gap") (param $a i32) (param $b i32) (result i32)
    (local $left i32)
    (local.set $left (call $square (local.get $a)))
    (i32.sub (local.get $left) (call $square (local.get $b)))
  )
)
