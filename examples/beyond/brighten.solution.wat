(module
  (memory (export "mem") 1)

  (func (export "brighten") (param $at i32) (param $amount i32)
    (v128.store (local.get $at)
      (i8x16.add_sat_u (v128.load (local.get $at)) (i8x16.splat (local.get $amount)))
    )
  )

  (func (export "set") (param $at i32) (param $value i32)
    (i32.store8 (local.get $at) (local.get $value))
  )
)
