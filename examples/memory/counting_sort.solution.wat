(module
  (memory (export "mem") 1) ;; the counters, four bytes each, are at 0 to 1023

  (func (export "sort") (param $at i32) (param $length i32)
    (local $from i32)
    (local $end i32)
    (local $counter i32)
    (local $value i32)
    (local $count i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 1024))
    (local.set $from (local.get $at))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $counted
      (loop $next
        (br_if $counted (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $counter (i32.mul (i32.load8_u (local.get $from)) (i32.const 4)))
        (i32.store (local.get $counter)
          (i32.add (i32.load (local.get $counter)) (i32.const 1))
        )
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)
      )
    )
    (loop $write
      (local.set $count (i32.load (i32.mul (local.get $value) (i32.const 4))))
      (memory.fill (local.get $at) (local.get $value) (local.get $count))
      (local.set $at (i32.add (local.get $at) (local.get $count)))
      (local.set $value (i32.add (local.get $value) (i32.const 1)))
      (br_if $write (i32.lt_u (local.get $value) (i32.const 256)))
    )
  )

  (func (export "put") (param $address i32) (param $byte i32)
    (i32.store8 (local.get $address) (local.get $byte))
  )
)
