(module
  ;; 1 if the index is one of a list of this length: 0 ≤ index < length
  (func (export "inside") (param $index i32) (param $length i32) (result i32)
    (i32.lt_u (local.get $index) (local.get $length))
  )

  ;; half of a number from 0 to 4294967295
  (func (export "half") (param $number i32) (result i32)
    (i32.div_u (local.get $number) (i32.const 2))
  )
)
