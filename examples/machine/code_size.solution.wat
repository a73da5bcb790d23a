(module
  (func (export "power_16") (param $n i32) (result i32)
    (local.set $n (i32.mul (local.get $n) (local.get $n)))
    (local.set $n (i32.mul (local.get $n) (local.get $n)))
    (local.set $n (i32.mul (local.get $n) (local.get $n)))
    (i32.mul (local.get $n) (local.get $n))
  )
)
