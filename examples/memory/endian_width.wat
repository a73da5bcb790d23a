;; title: Narrow loads and byte order
;; group: Memory
;; order: 4
;; kind: task
;; needs: data_segment bits
;; minutes: 7
;; look: A load may read one, two or four bytes, with or without a sign. The lowest byte always comes first.
;; goal: Let `celsius` read a signed byte, and `network` read two bytes whose highest comes first.
;; hint: The letter at the end of the load decides if the byte 0xfb is 251 or −5.
;; hint: For `network`, read two single bytes. The first one counts 256 times as much.
;; hint: `(i32.or (i32.shl (i32.load8_u …) (i32.const 8)) (i32.load8_u …))`, the second at the address plus 1.
;; expect: celsius 0 -> 21
;; expect: celsius 1 -> -5
;; expect: celsius 2 -> -128
;; expect: celsius 3 -> 127
;; expect: network 4 -> 8080
;; expect: network 6 -> 443
;; expect: network 8 -> 65535
;; expect: same 100: celsius 0x100 with memory 0x100 1
;; expect: same 100: network 0x100 with memory 0x100 2

(module
  (memory (export "mem") 1)
  (data (i32.const 0) "\15\fb\80\7f") ;; four temperatures, a byte each
  (data (i32.const 4) "\1f\90\01\bb\ff\ff") ;; three ports: 8080, 443, 65535

  (func (export "celsius") (param $address i32) (result i32)
    (i32.load8_u (local.get $address))
  )

  (func (export "network") (param $address i32) (result i32)
    (i32.load16_u (local.get $address))
  )
)
