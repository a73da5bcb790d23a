(module
  ;; n + … + 2 + 1
  (func (export "sum") (param $n i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.lt_s (local.get $n) (i32.const 1)))
        (local.set $sum (i32.add (local.get $sum) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)
      )
    )
    (local.get $sum)
  )
)
