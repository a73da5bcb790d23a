(module
  (memory (export "mem") 1)
  (data (i32.const 64) "\02\03\05\07\0b\0d\11\13") ;; 2 3 5 7 11 13 17 19

  (func (export "prime") (param $index i32) (result i32)
    (i32.load8_u (i32.add (i32.const 64) (local.get $index)))
  )
)
