;; title: Dice from a seed
;; group: WASI
;; order: 7
;; kind: task
;; minutes: 6
;; needs: hello
;; look: Random bytes come from the host. In this tab they come from a seed, so each run throws the same dice.
;; goal: The program throws twelve dice, each of which shows 1 to 6, and prints them as one line.
;; hint: A remainder after a division by 6 is 0 to 5. A die begins at 1.
;; hint: Only one byte is asked for, so eleven dice are made of zeros. The second argument of random_get is the count.
;; hint: Ask for 12 bytes, and add 49 instead of 48 to the remainder: 49 is the character 1.
;; set: random 7
;; expect: stdout: 623614645115\n

(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00" "\0d\00\00\00") ;; 13 bytes at 16
  (data (i32.const 28) "\n")

  (func (export "_start")
    (local $die i32)
    (drop (call $random_get (i32.const 16) (i32.const 1)))
    (loop $next
      (i32.store8 offset=16 (local.get $die)
        (i32.add
          (i32.rem_u (i32.load8_u offset=16 (local.get $die)) (i32.const 6))
          (i32.const 48)
        )
      )
      (local.set $die (i32.add (local.get $die) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $die) (i32.const 12)))
    )
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
  )
)
