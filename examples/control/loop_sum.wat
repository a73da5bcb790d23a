;; title: Back to the start
;; group: Control
;; order: 3
;; kind: task
;; needs: block_break
;; minutes: 8
;; look: A branch to a loop goes to its start. Without a branch, a loop runs once.
;; goal: Let `sum` add all numbers from 1 to n, and give 0 if n is below 1.
;; hint: The loop needs a branch back at its end: `br $next`. And then it needs a way out, or it never ends.
;; hint: Put the loop into a block, and leave the block at the start of each turn if n is below 1.
;; hint: `(block $done (loop $next (br_if $done (i32.lt_s (local.get $n) (i32.const 1))) … (br $next)))`
;; set: call_ms 2000
;; must: contain loop
;; expect: sum 1 -> 1
;; expect: sum 2 -> 3
;; expect: sum 10 -> 55
;; expect: sum 0 -> 0
;; expect: sum -3 -> 0
;; expect: sum 65536 -> -2147450880
;; expect: same 50: sum -10..1000

(module
  ;; n + … + 2 + 1
  (func (export "sum") (param $n i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    )
    (local.get $sum)
  )
)
