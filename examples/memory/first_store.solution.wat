(module
  (memory (export "mem") 1)

  (func (export "save") (param $number i32)
    (i32.store (i32.const 16) (local.get $number))
  )

  (func (export "load") (result i32)
    (i32.load (i32.const 16))
  )

  (func (export "add_to") (param $amount i32)
    (i32.store (i32.const 16) (i32.add (i32.load (i32.const 16)) (local.get $amount)))
  )
)
