(module
  (memory (export "mem") 1)
  (data (i32.const 0) "Hello, {wasm} `z")

  (func (export "upper") (param $at i32) (param $length i32)
    (local $end i32)
    (local $letter i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $letter (i32.load8_u (local.get $at)))
        (if (i32.lt_u (i32.sub (local.get $letter) (i32.const 97)) (i32.const 26))
          (then
            (i32.store8 (local.get $at) (i32.sub (local.get $letter) (i32.const 32)))
          )
        )
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)
      )
    )
  )
)
