(module
  (memory (export "mem") 1 16)
  (global $next (mut i32) (i32.const 1024)) ;; the first free byte

  ;; the address of new bytes, or 0 when there is no room
  (func (export "alloc") (param $size i32) (result i32)
    (local $start i32)
    (local $end i32)
    ;; a larger size would wrap around below
    (if (i32.gt_u (local.get $size) (i32.const 0x100000))
      (then (return (i32.const 0)))
    )
    (local.set $start (global.get $next))
    ;; rounded up to a multiple of 8
    (local.set $size (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))
    (local.set $end (i32.add (local.get $start) (local.get $size)))
    (block $fits
      (loop $again
        (br_if $fits
          (i32.le_u (local.get $end) (i32.mul (memory.size) (i32.const 65536)))
        )
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1))
          (then (return (i32.const 0)))
        )
        (br $again)
      )
    )
    (global.set $next (local.get $end))
    (local.get $start)
  )

  (func (export "reset")
    (global.set $next (i32.const 1024))
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
