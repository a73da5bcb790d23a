(module
  ;; bits 16 to 23 of a colour
  (func (export "red") (param $colour i32) (result i32)
    (i32.and (i32.shr_u (local.get $colour) (i32.const 16)) (i32.const 0xff))
  )

  ;; 1 if exactly one bit is 1
  (func (export "one_bit") (param $n i32) (result i32)
    (i32.eq (i32.popcnt (local.get $n)) (i32.const 1))
  )

  ;; the upper 16 bits below, and the lower 16 bits above
  (func (export "swap_halves") (param $n i32) (result i32)
    (i32.rotl (local.get $n) (i32.const 16))
  )
)
