;; title: A counter
;; group: Imports
;; order: 3
;; minutes: 4
;; look: A global lives as long as the instance. Call count a few times, then look at the exported global beside it.
;; look: Run makes a new instance, so the counter starts at 0 again.
;; hint: `count` adds 1 to the number that the global has at this moment. It does not matter who wrote that number.
;; hint: A run makes a new instance. Its globals begin with their initial values.
;; hint: The first answer is 100 + 1. For the second one, look at the number in the line of `$counter`, and add 1.
;; expect: count -> 1
;; expect: count -> 2
;; expect: add 40 ->
;; expect: count -> 43
;; expect: reset ->
;; expect: count -> 1

(module
  (global $counter (export "counter") (mut i32) (i32.const 0))
  (global $step i32 (i32.const 1)) ;; without `mut` it never changes

  (func (export "count") (result i32)
    (call $add (global.get $step))
    (global.get $counter)
  )

  (func $add (export "add") (param $amount i32)
    (global.set $counter (i32.add (global.get $counter) (local.get $amount)))
  )

  (func (export "reset")
    (global.set $counter (i32.const 0))
  )
)
