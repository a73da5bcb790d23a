(module
  (import "env" "found" (func $found (param $index i32)))
  (memory (export "mem") 1)
  (data (i32.const 0)
    "\0a\00\00\00" ;; 10
    "\14\00\00\00" ;; 20
    "\28\00\00\00" ;; 40
    "\1e\00\00\00" ;; 30
    "\28\00\00\00" ;; 40
    "\3c\00\00\00" ;; 60
  )
  (global $looked (mut i32) (i32.const 0))

  (func (export "find") (param $number i32) (result i32)
    (call $search (local.get $number))
    (i32.const -1)
  )

  ;; how many numbers were looked at, in all calls
  (func (export "looked") (result i32)
    (global.get $looked)
  )

  (func $search (param $number i32)
    (local $index i32)
    (loop $next
      (global.set $looked (i32.add (global.get $looked) (i32.const 1)))
      (if
        (i32.eq
          (i32.load (i32.mul (local.get $index) (i32.const 4)))
          (local.get $number)
        )
        (then (call $found (local.get $index)))
      )
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $index) (i32.const 6)))
    )
  )
)
