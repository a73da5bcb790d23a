(module
  ;; 1 if three sides of these lengths make a triangle
  (func (export "triangle") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (local $good i32)
    (block $refused
      (br_if $refused (i32.lt_s (local.get $a) (i32.const 1)))
      (br_if $refused (i32.lt_s (local.get $b) (i32.const 1)))
      (br_if $refused (i32.lt_s (local.get $c) (i32.const 1)))
      (br_if $refused (i32.ge_s (local.get $a) (i32.add (local.get $b) (local.get $c))))
      (br_if $refused (i32.ge_s (local.get $b) (i32.add (local.get $a) (local.get $c))))
      (br_if $refused (i32.ge_s (local.get $c) (i32.add (local.get $a) (local.get $b))))
      (local.set $good (i32.const 1))
    )
    (local.get $good)
  )
)
