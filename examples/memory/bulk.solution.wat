(module
  (memory (export "mem") 1)
  (data $text "abcdefgh")

  ;; the text, at address 16
  (func (export "reset")
    (memory.init $text (i32.const 16) (i32.const 0) (i32.const 8))
  )

  ;; a byte before the text, which moves up by one
  (func (export "insert") (param $byte i32)
    (memory.copy (i32.const 17) (i32.const 16) (i32.const 8))
    (i32.store8 (i32.const 16) (local.get $byte))
  )

  ;; nine dots
  (func (export "wipe")
    (memory.fill (i32.const 16) (i32.const 46) (i32.const 9))
  )
)
