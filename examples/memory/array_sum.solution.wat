(module
  (memory (export "mem") 1)
  (data (i32.const 0)
    "\0a\00\00\00" ;; 10
    "\14\00\00\00" ;; 20
    "\1e\00\00\00" ;; 30
    "\28\00\00\00" ;; 40
    "\f9\ff\ff\ff" ;; -7
  )

  (func (export "sum") (param $at i32) (param $count i32) (result i32)
    (local $sum i32)
    (local $end i32)
    (local.set $end
      (i32.add (local.get $at) (i32.mul (local.get $count) (i32.const 4)))
    )
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next)
      )
    )
    (local.get $sum)
  )
)
