(module
  (import "env" "print" (func $print (param $address i32) (param $length i32)))
  (memory (export "memory") 1)

  ;; address and length of each word
  (data (i32.const 0)
    "\40\00\00\00" "\03\00\00\00"
    "\43\00\00\00" "\07\00\00\00"
    "\4a\00\00\00" "\06\00\00\00"
  )
  (data (i32.const 64) "tea" "Grüße" "水田")

  (func $word (export "print") (param $index i32)
    (local $entry i32)
    (local.set $entry (i32.mul (local.get $index) (i32.const 8)))
    (call $print (i32.load (local.get $entry)) (i32.load offset=4 (local.get $entry)))
  )

  (func (export "all")
    (call $word (i32.const 0))
    (call $word (i32.const 1))
    (call $word (i32.const 2))
  )
)
