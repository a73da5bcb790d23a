;; title: The first byte
;; group: Memory
;; order: 1
;; kind: task
;; needs: traps locals
;; minutes: 6
;; look: A memory is one long row of bytes. An address is an i32: the number of a byte, from 0.
;; goal: Let `save` store its number at address 16, and let `add_to` add to the number that is there.
;; hint: `i32.store` takes the address first, and the value second.
;; hint: `save` stores the number 16 at an address that the caller gives. Exchange the operands.
;; hint: In `add_to`, the value to store is `(i32.add (i32.load (i32.const 16)) (local.get $amount))`.
;; expect: save 42 ->
;; expect: memory 0x10 = 2a 00 00 00
;; expect: load -> 42
;; expect: add_to 8 ->
;; expect: load -> 50
;; expect: add_to -51 ->
;; expect: load -> -1
;; expect: memory 0x0c = 00 00 00 00 ff ff ff ff 00 00 00 00

(module
  (memory (export "mem") 1)

  (func (export "save") (param $number i32)
    (i32.store (local.get $number) (i32.const 16))
  )

  (func (export "load") (result i32)
    (i32.load (i32.const 16))
  )

  (func (export "add_to") (param $amount i32)
    (i32.store (i32.const 16) (local.get $amount))
  )
)
