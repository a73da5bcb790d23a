;; title: Many bytes at once
;; group: Memory
;; order: 8
;; kind: task
;; needs: strings
;; minutes: 8
;; look: `memory.copy`, `memory.fill` and `memory.init` move whole ranges, and overlapping ranges come out right.
;; goal: Let `insert` move the eight bytes at 16 up by one without damage, and let `reset` bring the first text back.
;; hint: The loop copies from low to high, and reads bytes that it has just overwritten.
;; hint: `memory.copy` takes three operands: the address to write to, the address to read from, the number of bytes.
;; hint: `(memory.copy (i32.const 17) (i32.const 16) (i32.const 8))`; in `reset`, `memory.init $text` with 16, 0 and 8.
;; must: not contain loop
;; must: contain memory.copy
;; must: contain memory.init
;; must: contain memory.fill
;; expect: reset ->
;; expect: memory 0x10 = 61 62 63 64 65 66 67 68 00
;; expect: insert 45 ->
;; expect: memory 0x0f = 00 2d 61 62 63 64 65 66 67 68 00
;; expect: wipe ->
;; expect: memory 0x0f = 00 2e 2e 2e 2e 2e 2e 2e 2e 2e 00
;; expect: reset ->
;; expect: memory 0x0f = 00 61 62 63 64 65 66 67 68 2e 00

(module
  (memory (export "mem") 1)
  (data $text "abcdefgh")

  ;; the text, at address 16
  (func (export "reset")
    (memory.init $text (i32.const 16) (i32.const 0) (i32.const 4))
  )

  ;; a byte before the text, which moves up by one
  (func (export "insert") (param $byte i32)
    (local $at i32)
    (local.set $at (i32.const 16))
    (loop $next
      (i32.store8
        (i32.add (local.get $at) (i32.const 1))
        (i32.load8_u (local.get $at))
      )
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 24)))
    )
    (i32.store8 (i32.const 16) (local.get $byte))
  )

  ;; nine dots
  (func (export "wipe")
    (memory.fill (i32.const 16) (i32.const 46) (i32.const 9))
  )
)
