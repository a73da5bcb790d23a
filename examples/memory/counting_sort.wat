;; title: Sort without comparing
;; group: Memory
;; order: 12
;; kind: task
;; minutes: 12
;; needs: sort
;; look: Only 256 different bytes exist. So they can be sorted by counting them.
;; goal: sort puts the bytes from an address on into ascending order, without comparing two of them.
;; hint: The starter counts well and writes nothing. $value goes from 0 to 255; each value is written as often as it was counted.
;; hint: `memory.fill` writes one byte many times: its address, its value, its count.
;; hint: In the second loop, fill $at with $value, as many as the counter says; then move $at forward by the same number.
;; must: contain memory.fill
;; expect: same 200: sort 0x1000 0..64 with memory 0x1000 64
;; expect: put 0x2000 9 ->
;; expect: put 0x2001 200 ->
;; expect: put 0x2002 0 ->
;; expect: put 0x2003 9 ->
;; expect: put 0x2004 1 ->
;; expect: sort 0x2000 4 ->
;; expect: memory 0x2000 = 00 09 09 c8 01
;; expect: sort 0x2000 0 ->
;; expect: sort 0x2000 5 ->
;; expect: memory 0x2000 = 00 01 09 09 c8 00

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
      ;; write $value here, $count times
      (local.set $value (i32.add (local.get $value) (i32.const 1)))
      (br_if $write (i32.lt_u (local.get $value) (i32.const 256)))
    )
  )

  (func (export "put") (param $address i32) (param $byte i32)
    (i32.store8 (local.get $address) (local.get $byte))
  )
)
