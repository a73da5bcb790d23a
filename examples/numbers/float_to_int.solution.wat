(module
  ;; light from 0 to 1 becomes a byte from 0 to 255
  (func (export "pixel") (param $light f64) (result i32)
    (i32.trunc_sat_f64_u
      (f64.min (f64.mul (local.get $light) (f64.const 255)) (f64.const 255))
    )
  )

  (func (export "strict") (param $number f64) (result i32)
    (i32.trunc_f64_s (local.get $number))
  )
)
