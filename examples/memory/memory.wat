;; title: Memory
;; group: Memory
;; order: 2
;; kind: quiz
;; needs: first_store loop_sum
;; minutes: 6
;; look: Linear memory is one row of bytes. The data segment puts a text at address 16; letter reads a byte of it, shout changes it in place.
;; look: Memory grows by pages of 64 KiB and never shrinks. A number of four bytes stands with its lowest byte first.
;; question: After `write 100 305419896`, which number does `byte 100` give?
;; answer: 120
;; hint: Look at the number in hexadecimal. There, two digits are one byte.
;; hint: 305419896 is `0x12345678`. Its four bytes stand in memory from address 100 on. Which one comes first?
;; hint: The lowest byte comes first, so `0x78` stands at address 100. In decimal it is 7 times 16, plus 8.
;; expect: letter 0 -> 72
;; expect: letter 1 -> 101
;; expect: shout ->
;; expect: letter 1 -> 69
;; expect: write 100 305419896 ->
;; expect: read 100 -> 305419896
;; expect: byte 100 -> 120
;; expect: grow 2 -> 1
;; expect: pages -> 3

(module
  (memory $mem (export "mem") 1 4)
  (data (i32.const 16) "Hello, memory!")
  (global $start i32 (i32.const 16))
  (global $length i32 (i32.const 14))

  (func (export "letter") (param $index i32) (result i32)
    (i32.load8_u (i32.add (global.get $start) (local.get $index)))
  )

  ;; makes small letters capital ones
  (func (export "shout")
    (local $at i32)
    (local $letter i32)
    (local.set $at (global.get $start))
    (loop $next
      (local.set $letter (i32.load8_u (local.get $at)))
      (if (i32.lt_u (i32.sub (local.get $letter) (i32.const 97)) (i32.const 26))
        (then (i32.store8 (local.get $at) (i32.sub (local.get $letter) (i32.const 32))))
      )
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (i32.add (global.get $start) (global.get $length))))
    )
  )

  (func (export "write") (param $address i32) (param $number i32)
    (i32.store (local.get $address) (local.get $number))
  )

  (func (export "read") (param $address i32) (result i32)
    (i32.load (local.get $address))
  )

  (func (export "byte") (param $address i32) (result i32)
    (i32.load8_u (local.get $address))
  )

  ;; gives the size before, or -1 when there is no room
  (func (export "grow") (param $pages i32) (result i32)
    (memory.grow (local.get $pages))
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
