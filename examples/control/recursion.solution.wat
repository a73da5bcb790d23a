(module
  ;; the square of half the power, and once more the base if the exponent is odd
  (func $power (export "power") (param $base i32) (param $exponent i32) (result i32)
    (local $half i32)
    (if (i32.eqz (local.get $exponent))
      (then (return (i32.const 1)))
    )
    (local.set $half
      (call $power (local.get $base) (i32.shr_u (local.get $exponent) (i32.const 1)))
    )
    (i32.mul
      (i32.mul (local.get $half) (local.get $half))
      (select
        (local.get $base)
        (i32.const 1)
        (i32.and (local.get $exponent) (i32.const 1))
      )
    )
  )

  ;; n calls inside each other
  (func $depth (export "depth") (param $n i32) (result i32)
    (if (result i32) (i32.eqz (local.get $n))
      (then (i32.const 0))
      (else (i32.add (i32.const 1) (call $depth (i32.sub (local.get $n) (i32.const 1)))))
    )
  )
)
