(module
  ;; the price of a bus ride, by age
  (func (export "fare") (param $age i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $age) (i32.const 6))
      (then (i32.const 0))
      (else
        (if (result i32) (i32.lt_u (local.get $age) (i32.const 18))
          (then (i32.const 2))
          (else
            (if (result i32) (i32.lt_u (local.get $age) (i32.const 65))
              (then (i32.const 4))
              (else (i32.const 3))
            )
          )
        )
      )
    )
  )
)
