(module
  ;; the first digits a and b with a × b = n, as the number ab, or 0
  (func (export "find") (param $n i32) (result i32)
    (local $a i32)
    (local $b i32)
    (local $pair i32)
    (block $found
      (local.set $a (i32.const 1))
      (loop $tens
        (local.set $b (i32.const 1))
        (block $row
          (loop $column
            (if (i32.eq (i32.mul (local.get $a) (local.get $b)) (local.get $n))
              (then
                (local.set $pair
                  (i32.add (i32.mul (local.get $a) (i32.const 10)) (local.get $b))
                )
                (br $found)
              )
            )
            (local.set $b (i32.add (local.get $b) (i32.const 1)))
            (br_if $column (i32.lt_u (local.get $b) (i32.const 10)))
          )
        )
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (br_if $tens (i32.lt_u (local.get $a) (i32.const 10)))
      )
    )
    (local.get $pair)
  )
)
