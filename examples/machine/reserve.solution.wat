(module
  (memory (export "mem") 1)

  (func (export "reserve") (param $wanted i32) (result i32)
    (loop $again
      (if (i32.ne (memory.grow (local.get $wanted)) (i32.const -1))
        (then (return (local.get $wanted)))
      )
      (local.set $wanted (i32.div_u (local.get $wanted) (i32.const 2)))
      (br_if $again (i32.ne (local.get $wanted) (i32.const 0)))
    )
    (i32.const 0)
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
