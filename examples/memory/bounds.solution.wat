(module
  (memory (export "mem") 1)

  ;; y first: if its place exists, that of x does too
  (func (export "save") (param $at i32) (param $x i32) (param $y i32)
    (i32.store offset=4 (local.get $at) (local.get $y))
    (i32.store (local.get $at) (local.get $x))
  )

  (func (export "wipe")
    (i64.store (i32.const 65528) (i64.const 0))
  )
)
