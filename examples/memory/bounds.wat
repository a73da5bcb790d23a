;; title: At the very end
;; group: Memory
;; order: 9
;; kind: task
;; needs: first_store traps
;; minutes: 8
;; look: Every byte of an access must be in the memory. An `offset` is added without wrapping around.
;; goal: Let `save` write both numbers of a point, or trap without having written anything.
;; hint: If the second store traps, the first one has already written. Which of the two should come first?
;; hint: The store with the higher address goes first. If that one fits, the other fits too.
;; hint: Also write `(i32.store offset=4 (local.get $at) …)`: the sum of `i32.add` wraps around to address 0.
;; expect: save 16 3 4 ->
;; expect: memory 0x10 = 03 00 00 00 04 00 00 00
;; expect: save 65528 5 6 ->
;; expect: memory 0xfff8 = 05 00 00 00 06 00 00 00
;; expect: wipe ->
;; expect: trap out_of_bounds_memory_access: save 65532 7 8
;; expect: memory 0xfff8 = 00 00 00 00 00 00 00 00
;; expect: trap out_of_bounds_memory_access: save 65529 7 8
;; expect: memory 0xfff8 = 00 00 00 00 00 00 00 00
;; expect: trap out_of_bounds_memory_access: save -4 7 8
;; expect: memory 0 = 00 00 00 00
;; expect: trap out_of_bounds_memory_access: save 65536 7 8

(module
  (memory (export "mem") 1)

  ;; x, and y behind it
  (func (export "save") (param $at i32) (param $x i32) (param $y i32)
    (i32.store (local.get $at) (local.get $x))
    (i32.store (i32.add (local.get $at) (i32.const 4)) (local.get $y))
  )

  (func (export "wipe")
    (i64.store (i32.const 65528) (i64.const 0))
  )
)
