(module
  (func (export "fourth_power") (param $n i32) (result i32)
    (local $square i32)
    (i32.mul
      (local.tee $square (i32.mul (local.get $n) (local.get $n)))
      (local.get $square)
    )
  )
)
