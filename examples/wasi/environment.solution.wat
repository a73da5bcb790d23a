(module
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param i32 i32) (result i32))
  )
  (import "wasi_snapshot_preview1" "environ_get" (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "\n")

  (func (export "_start")
    (local $at i32)
    ;; at 0 the number of variables, at 4 the size of all texts
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    ;; from 1024 on the addresses, from 4096 on the texts
    (drop (call $environ_get (i32.const 1024) (i32.const 4096)))
    (local.set $at (i32.const 1024))
    (block $done
      (loop $next
        (br_if $done
          (i32.ge_u
            (local.get $at)
            (i32.add (i32.const 1024) (i32.mul (i32.load (i32.const 0)) (i32.const 4)))
          )
        )
        (call $print_line (i32.load (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $next)
      )
    )
  )

  ;; a text that ends with a zero, and a line break
  (func $print_line (param $text i32)
    (local $end i32)
    (local.set $end (local.get $text))
    (block $found
      (loop $search
        (br_if $found (i32.eq (i32.load8_u (local.get $end)) (i32.const 0)))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $search)
      )
    )
    (i32.store (i32.const 8) (local.get $text))
    (i32.store (i32.const 12) (i32.sub (local.get $end) (local.get $text)))
    (i32.store (i32.const 16) (i32.const 32))
    (i32.store (i32.const 20) (i32.const 1))
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 2) (i32.const 24)))
  )
)
