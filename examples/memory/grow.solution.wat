(module
  (memory (export "mem") 1 3)

  ;; 1 if the memory has at least this number of pages afterwards
  (func (export "reserve") (param $pages i32) (result i32)
    (if (i32.le_u (local.get $pages) (memory.size))
      (then (return (i32.const 1)))
    )
    (i32.ne
      (memory.grow (i32.sub (local.get $pages) (memory.size)))
      (i32.const -1)
    )
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
