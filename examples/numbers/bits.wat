;; title: Bits
;; group: Numbers
;; order: 3
;; kind: task
;; needs: signedness
;; minutes: 8
;; look: Shifts, rotations and counts of bits are single instructions, as they are on a processor.
;; goal: Correct `red`, `one_bit` and `swap_halves`, without a loop and without arithmetic.
;; hint: `red` must shift with zeros coming in, and then keep only the lower 8 bits.
;; hint: `one_bit` must not say 1 for 0. `i32.popcnt` counts the bits that are 1. Compare the count with 1.
;; hint: For `swap_halves`, no bit may get lost: rotate by 16 with `i32.rotl` in place of shifting.
;; must: not contain loop
;; must: not contain i32.sub
;; must: contain i32.popcnt
;; must: contain i32.rotl
;; expect: red 0x20ff8040 -> 255
;; expect: red 0x00123456 -> 18
;; expect: red -1 -> 255
;; expect: red 0 -> 0
;; expect: one_bit 0 -> 0
;; expect: one_bit 1 -> 1
;; expect: one_bit 6 -> 0
;; expect: one_bit -2147483648 -> 1
;; expect: one_bit -1 -> 0
;; expect: swap_halves 0x12345678 -> 1450709556
;; expect: swap_halves 0xffff -> -65536
;; expect: same 100: red ?
;; expect: same 100: swap_halves ?

(module
  ;; bits 16 to 23 of a colour
  (func (export "red") (param $colour i32) (result i32)
    (i32.shr_s (local.get $colour) (i32.const 16))
  )

  ;; 1 if exactly one bit is 1
  (func (export "one_bit") (param $n i32) (result i32)
    (i32.eqz (i32.and (local.get $n) (i32.sub (local.get $n) (i32.const 1))))
  )

  ;; the upper 16 bits below, and the lower 16 bits above
  (func (export "swap_halves") (param $n i32) (result i32)
    (i32.shl (local.get $n) (i32.const 16))
  )
)
