;; title: A list of numbers
;; group: Memory
;; order: 5
;; kind: task
;; needs: first_store loop_sum
;; minutes: 8
;; look: A list is an address and a count. The address of an element is the start plus the index times the size.
;; goal: Let `sum` add all the i32 of a list, from the first to the last.
;; hint: The loop goes from one element to the next. How many bytes are between them?
;; hint: Each element has four bytes, but the address moves on by one.
;; hint: Add `(i32.const 4)` to the address. And the end of the list is the start plus the count times 4.
;; set: call_ms 2000
;; expect: sum 0 4 -> 100
;; expect: sum 0 1 -> 10
;; expect: sum 4 2 -> 50
;; expect: sum 0 0 -> 0
;; expect: sum 0 5 -> 93
;; expect: same 100: sum 0x100 0..16 with memory 0x100 64

(module
  (memory (export "mem") 1)
  (data (i32.const 0)
    "\0a\00\00\00" ;; 10
    "\14\00\00\00" ;; 20
    "\1e\00\00\00" ;; 30
    "\28\00\00\00" ;; 40
    "\f9\ff\ff\ff" ;; -7
  )

  (func (export "sum") (param $at i32) (param $count i32) (result i32)
    (local $sum i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $count)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)
      )
    )
    (local.get $sum)
  )
)
