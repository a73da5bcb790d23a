(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "Hello, ")
  (data (i32.const 200) "Ada")
  (data (i32.const 300) "!\n")

  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 100))
    (i32.store (i32.const 4) (i32.const 7))
    (i32.store (i32.const 8) (i32.const 200))
    (i32.store (i32.const 12) (i32.const 3))
    (i32.store (i32.const 16) (i32.const 300))
    (i32.store (i32.const 20) (i32.const 2))
    (drop
      (call $fd_write
        (i32.const 1) ;; standard output
        (i32.const 0) ;; the list of pieces
        (i32.const 3) ;; their number
        (i32.const 32) ;; where the number of bytes written goes
      )
    )
  )
)
