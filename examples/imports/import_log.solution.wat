(module
  (import "env" "log" (func $log (param i32)))

  ;; an even number is halved, an odd one becomes three times itself plus one
  (func (export "steps") (param $number i32) (result i32)
    (local $count i32)
    (block $done
      (loop $next
        (call $log (local.get $number))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $done (i32.eq (local.get $number) (i32.const 1)))
        (if (i32.rem_u (local.get $number) (i32.const 2))
          (then
            (local.set $number
              (i32.add (i32.mul (local.get $number) (i32.const 3)) (i32.const 1))
            )
          )
          (else (local.set $number (i32.div_u (local.get $number) (i32.const 2))))
        )
        (br $next)
      )
    )
    (local.get $count)
  )
)
