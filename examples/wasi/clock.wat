;; title: The time of day
;; group: WASI
;; order: 6
;; kind: task
;; minutes: 8
;; needs: hello
;; look: The clock counts nanoseconds since 1970. In this tab it stands still, so each run prints the same.
;; goal: The program prints the time of day in UTC as HH:MM:SS.
;; hint: Seconds are right. Hours and minutes are counted since 1970, and never start again.
;; hint: The minutes of the hour are the remainder after a division by 60, the hours of the day that after a division by 24.
;; hint: Use `i64.rem_u` a second time: for minutes with 60, for hours with 24.
;; set: clock frozen 1000000000
;; expect: stdout: 01:46:40\n

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
    (call $two_digits (i32.const 16) (i64.div_u (local.get $seconds) (i64.const 3600)))
    (call $two_digits (i32.const 19) (i64.div_u (local.get $seconds) (i64.const 60)))
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
