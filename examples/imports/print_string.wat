;; title: A text for the host
;; group: Imports
;; order: 6
;; kind: task
;; minutes: 8
;; needs: import_log import_memory
;; look: A text crosses the border as two numbers: its address and its length. The host reads the bytes from the guest's memory.
;; goal: Each of the three words is printed completely, one on each line.
;; hint: Call print with 0, 1 and 2, and look at the console. The word without umlauts is right.
;; hint: The length is the number of bytes. In UTF-8 a letter such as ü or ß takes two bytes, and 水 takes three.
;; hint: The words take 3, 7 and 6 bytes. Each starts where the one before ends: at 64, 67 and 74.
;; expect: print 0 ->
;; expect: console: tea\n
;; expect: print 1 ->
;; expect: console: Grüße\n
;; expect: print 2 ->
;; expect: console: 水田\n
;; expect: all ->
;; expect: console: tea\nGrüße\n水田\n
;; expect: calls env.print 6

(module
  (import "env" "print" (func $print (param $address i32) (param $length i32)))
  (memory (export "memory") 1)

  ;; address and length of each word
  (data (i32.const 0)
    "\40\00\00\00" "\03\00\00\00"
    "\43\00\00\00" "\05\00\00\00"
    "\48\00\00\00" "\02\00\00\00"
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
