(module
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock_time_get (param i32 i64 i32) (result i32))
  )
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00" "\09\00\00\00") ;; nine bytes at 16
  (data (i32.const 16) "00:00:00\n")

  (func (export "_start")
    (local $seconds i64)
    ;; clock 0 is the time of day; it is written to address 32
    (drop (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 32)))
    (local.set $seconds (i64.div_u (i64.load (i32.const 32)) (i64.const 1000000000)))
    (call $two_digits (i32.const 16)
      (i64.rem_u (i64.div_u (local.get $seconds) (i64.const 3600)) (i64.const 24))
    )
    (call $two_digits (i32.const 19)
      (i64.rem_u (i64.div_u (local.get $seconds) (i64.const 60)) (i64.const 60))
    )
    (call $two_digits (i32.const 22) (i64.rem_u (local.get $seconds) (i64.const 60)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 40)))
  )

  ;; the last two digits of a number, as text
  (func $two_digits (param $at i32) (param $number i64)
    (i64.store8 (local.get $at)
      (i64.add
        (i64.const 48)
        (i64.rem_u (i64.div_u (local.get $number) (i64.const 10)) (i64.const 10))
      )
    )
    (i64.store8 offset=1 (local.get $at)
      (i64.add (i64.const 48) (i64.rem_u (local.get $number) (i64.const 10)))
    )
  )
)
