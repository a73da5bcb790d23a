;; title: Objects without a collector
;; group: Beyond
;; order: 5
;; minutes: 6
;; needs: exceptions
;; look: WebAssembly has a proposal for objects that are collected. Wasmer does not have it, so this page only explains it.
;; look: The module does the work of the proposal by hand: pairs in linear memory, linked into lists.
;; hint: `pair` looks for a released place first. It takes a new one only if there is none.
;; hint: `release` kept address 16 for the next `pair`, so that one gives 16 again and writes over both halves.
;; hint: At address 16 there is now a pair of 100 and the empty list. So `sum` of 16 is 100. It was 7 before.
;; expect: empty -> 0
;; expect: sum 0 -> 0
;; expect: pair 3 0 -> 8
;; expect: pair 4 8 -> 16
;; expect: pair 5 16 -> 24
;; expect: sum 24 -> 12
;; expect: head 16 -> 4
;; expect: tail 16 -> 8
;; expect: release 24 ->
;; expect: pair 9 8 -> 24
;; expect: sum 24 -> 12
;; expect: pair 1 24 -> 32
;; expect: sum 32 -> 13
;; expect: release 16 ->
;; expect: pair 100 0 -> 16
;; expect: sum 16 -> 100

(module
  (memory (export "mem") 1)
  (global $next (mut i32) (i32.const 8)) ;; the first place that was never used
  (global $free (mut i32) (i32.const 0)) ;; the last place that was released, or 0

  (func (export "empty") (result i32)
    (i32.const 0)
  )

  ;; a number and the rest of a list; gives the address of the pair
  (func (export "pair") (param $head i32) (param $tail i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $free))
    (if (local.get $at)
      (then (global.set $free (i32.load (local.get $at))))
      (else
        (local.set $at (global.get $next))
        (global.set $next (i32.add (global.get $next) (i32.const 8)))
      )
    )
    (i32.store (local.get $at) (local.get $head))
    (i32.store offset=4 (local.get $at) (local.get $tail))
    (local.get $at)
  )

  ;; a pair that is used again later; who still has its address is wrong from now on
  (func (export "release") (param $at i32)
    (i32.store (local.get $at) (global.get $free))
    (global.set $free (local.get $at))
  )

  (func (export "head") (param $at i32) (result i32)
    (i32.load (local.get $at))
  )

  (func (export "tail") (param $at i32) (result i32)
    (i32.load offset=4 (local.get $at))
  )

  (func (export "sum") (param $at i32) (result i32)
    (local $sum i32)
    (block $end
      (loop $next
        (br_if $end (i32.eq (local.get $at) (i32.const 0)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
        (local.set $at (i32.load offset=4 (local.get $at)))
        (br $next)
      )
    )
    (local.get $sum)
  )
)
