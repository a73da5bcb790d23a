(module
  (func (export "answer") (result i32)
    i32.const 42
  )

  ;; the caller sees this function too
  (func (export "seven") (result i32)
    i32.const 7
  )
)
