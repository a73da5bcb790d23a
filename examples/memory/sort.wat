;; title: Sorting in memory
;; group: Memory
;; order: 11
;; minutes: 5
;; needs: bump_alloc
;; look: Eight numbers stand in memory, four bytes each. Look at them in the memory view, call sort, and look again.
;; look: An address is the index times four; `offset=4` reads the neighbour without a sum of its own.
;; hint: One swap of neighbours puts exactly one pair of numbers in order. So count the pairs in which the larger number stands first.
;; hint: For each number, count the smaller ones to the right of it. For 42 these are 3, -7, 17, 0 and 5.
;; hint: The counts are 5 for 42, 2 for 3, 5 for 1000, 2 for 17, and 0 for the others. Add them.
;; expect: at 0 -> 42
;; expect: sort -> 14
;; expect: at 0 -> -7
;; expect: at 1 -> 0
;; expect: at 7 -> 1000
;; expect: sort -> 0

(module
  (memory (export "mem") 1)
  (data (i32.const 0)
    "\2a\00\00\00" ;; 42
    "\03\00\00\00" ;; 3
    "\e8\03\00\00" ;; 1000
    "\f9\ff\ff\ff" ;; -7
    "\11\00\00\00" ;; 17
    "\00\00\00\00" ;; 0
    "\05\00\00\00" ;; 5
    "\63\00\00\00" ;; 99
  )

  (func (export "at") (param $index i32) (result i32)
    (i32.load (i32.mul (local.get $index) (i32.const 4)))
  )

  ;; swaps neighbours until all are in order, and gives the number of swaps
  (func (export "sort") (result i32)
    (local $swaps i32)
    (local $before i32)
    (local $at i32)
    (local $left i32)
    (local $right i32)
    (loop $round
      (local.set $before (local.get $swaps))
      (local.set $at (i32.const 0))
      (loop $pair
        (local.set $left (i32.load (local.get $at)))
        (local.set $right (i32.load offset=4 (local.get $at)))
        (if (i32.gt_s (local.get $left) (local.get $right))
          (then
            (i32.store (local.get $at) (local.get $right))
            (i32.store offset=4 (local.get $at) (local.get $left))
            (local.set $swaps (i32.add (local.get $swaps) (i32.const 1)))
          )
        )
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $pair (i32.lt_u (local.get $at) (i32.const 28)))
      )
      (br_if $round (i32.ne (local.get $before) (local.get $swaps)))
    )
    (local.get $swaps)
  )
)
