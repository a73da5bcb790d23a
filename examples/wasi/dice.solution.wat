(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00" "\0d\00\00\00") ;; 13 bytes at 16
  (data (i32.const 28) "\n")

  (func (export "_start")
    (local $die i32)
    (drop (call $random_get (i32.const 16) (i32.const 12)))
    (loop $next
      (i32.store8 offset=16 (local.get $die)
        (i32.add
          (i32.rem_u (i32.load8_u offset=16 (local.get $die)) (i32.const 6))
          (i32.const 49)
        )
      )
      (local.set $die (i32.add (local.get $die) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $die) (i32.const 12)))
    )
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
  )
)
