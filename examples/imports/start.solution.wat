(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "mem") 1)
  (start $begin)

  (func (export "square") (param $number i32) (result i32)
    (i32.load (i32.mul (local.get $number) (i32.const 4)))
  )

  ;; writes the squares of 0 to 15, and gives how many there are
  (func $prepare (export "prepare") (result i32)
    (local $number i32)
    (loop $next
      (i32.store
        (i32.mul (local.get $number) (i32.const 4))
        (i32.mul (local.get $number) (local.get $number))
      )
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 16)))
    )
    (local.get $number)
  )

  (func $begin
    (call $log (call $prepare))
  )
)
