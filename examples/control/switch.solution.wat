(module
  ;; the price of a ticket: 0 is for a child, 1 for an adult, 2 for a group
  (func (export "price") (param $kind i32) (result i32)
    (local $price i32)
    (block $unknown
      (block $group
        (block $adult
          (block $child
            (br_table $child $adult $group $unknown (local.get $kind))
          )
          (local.set $price (i32.const 3))
          (br $unknown)
        )
        (local.set $price (i32.const 5))
        (br $unknown)
      )
      (local.set $price (i32.const 8))
    )
    (local.get $price)
  )
)
