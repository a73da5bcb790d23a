(module
  (func (export "product") (param $a i32) (param $b i32) (result i64)
    (i64.mul (i64.extend_i32_s (local.get $a)) (i64.extend_i32_s (local.get $b)))
  )

  ;; the lower 32 bits
  (func (export "low") (param $long i64) (result i32)
    (i32.wrap_i64 (local.get $long))
  )
)
