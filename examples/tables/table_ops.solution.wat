(module
  (type $handler (func (param i32) (result i32)))
  (table $known funcref (elem $next $square))
  (table $handlers 2 funcref)

  (func $next (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 1))
  )

  (func $square (param i32) (result i32)
    (i32.mul (local.get 0) (local.get 0))
  )

  ;; puts a known function into an empty place, and gives the place
  (func (export "add") (param $which i32) (result i32)
    (local $place i32)
    (block $found
      (loop $next
        (br_if $found (i32.eq (local.get $place) (table.size $handlers)))
        (br_if $found (ref.is_null (table.get $handlers (local.get $place))))
        (local.set $place (i32.add (local.get $place) (i32.const 1)))
        (br $next)
      )
    )
    (if (i32.eq (local.get $place) (table.size $handlers))
      (then (drop (table.grow $handlers (ref.null func) (i32.const 1))))
    )
    (table.set $handlers (local.get $place) (table.get $known (local.get $which)))
    (local.get $place)
  )

  (func (export "remove") (param $place i32)
    (table.set $handlers (local.get $place) (ref.null func))
  )

  (func (export "fire") (param $place i32) (param $number i32) (result i32)
    (call_indirect $handlers (type $handler) (local.get $number) (local.get $place))
  )

  (func (export "places") (result i32)
    (table.size $handlers)
  )
)
