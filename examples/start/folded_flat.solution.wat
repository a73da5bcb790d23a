(module
  ;; (a + b) × (a − b)
  (func (export "flat") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.add
    local.get $a
    local.get $b
    i32.sub
    i32.mul
  )

  (func (export "folded") (param $a i32) (param $b i32) (result i32)
    (i32.mul
      (i32.add (local.get $a) (local.get $b))
      (i32.sub (local.get $a) (local.get $b))
    )
  )
)
