(module
  (func (export "is_prime") (param $n i32) (result i32)
    (local $divisor i32)
    (if (i32.lt_u (local.get $n) (i32.const 2))
      (then (return (i32.const 0)))
    )
    (local.set $divisor (i32.const 2))
    (block $done
      (loop $next
        ;; a divisor has a partner that is smaller than the root, or as large
        (br_if $done
          (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $n))
        )
        (if (i32.eqz (i32.rem_u (local.get $n) (local.get $divisor)))
          (then (return (i32.const 0)))
        )
        (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
        (br $next)
      )
    )
    (i32.const 1)
  )
)
