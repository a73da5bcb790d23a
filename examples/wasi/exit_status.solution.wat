(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)

  (func (export "_start")
    (local $lines i32)
    (local $index i32)
    (i32.store (i32.const 8) (i32.const 128)) ;; the buffer
    (block $end
      (loop $next
        (i32.store (i32.const 12) (i32.const 16)) ;; and its size
        (drop (call $fd_read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 24)))
        (br_if $end (i32.eq (i32.load (i32.const 24)) (i32.const 0)))
        (local.set $index (i32.const 0))
        (loop $byte
          (local.set $lines
            (i32.add
              (local.get $lines)
              (i32.eq (i32.load8_u offset=128 (local.get $index)) (i32.const 10))
            )
          )
          (local.set $index (i32.add (local.get $index) (i32.const 1)))
          (br_if $byte (i32.lt_u (local.get $index) (i32.load (i32.const 24))))
        )
        (i32.store (i32.const 12) (i32.load (i32.const 24)))
        (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 28)))
        (br $next)
      )
    )
    (call $proc_exit (local.get $lines))
  )
)
