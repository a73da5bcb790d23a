(module
  (tag $wrong (param i32)) ;; the character

  ;; the digit that this character is
  (func $digit (param $character i32) (result i32)
    (if (i32.ge_u (i32.sub (local.get $character) (i32.const 48)) (i32.const 10))
      (then (throw $wrong (local.get $character)))
    )
    (i32.sub (local.get $character) (i32.const 48))
  )

  ;; the number of two characters
  (func $number (export "number") (param $tens i32) (param $ones i32) (result i32)
    (i32.add
      (i32.mul (call $digit (local.get $tens)) (i32.const 10))
      (call $digit (local.get $ones))
    )
  )

  (func (export "read") (param $tens i32) (param $ones i32) (result i32)
    (i32.sub
      (i32.const 0)
      (block $caught (result i32)
        (return
          (try_table (result i32) (catch $wrong $caught)
            (call $number (local.get $tens) (local.get $ones))
          )
        )
      )
    )
  )
)
