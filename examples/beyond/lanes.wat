;; title: Four at a time
;; group: Beyond
;; order: 1
;; minutes: 6
;; look: A v128 holds four i32 side by side, and one instruction works on all four lanes.
;; look: Singlepass has no vectors and says so; Cranelift and LLVM use the vector instructions of the processor.
;; hint: `i32x4.add` adds each lane of the first row to the same lane of the second row: 1 and 5, 2 and 6, 3 and 7, 4 and 8.
;; hint: The four sums are 6, 8, 10 and 12. The shuffle puts the upper two onto the lower two.
;; hint: After the second `i32x4.add` lane 0 has 6 + 10, and lane 1 has 8 + 12. The last line adds these two.
;; compilers: cranelift llvm
;; expect: squares 1 2 3 4 -> 30
;; expect: squares -1 0 0 5 -> 26
;; expect: sum_row -> 36

(module
  (memory 1)
  (data (i32.const 0) "\01\00\00\00\02\00\00\00\03\00\00\00\04\00\00\00")
  (data (i32.const 16) "\05\00\00\00\06\00\00\00\07\00\00\00\08\00\00\00")

  ;; the sum of the squares of four numbers
  (func (export "squares") (param $a i32) (param $b i32) (param $c i32) (param $d i32) (result i32)
    (local $lanes v128)
    (local.set $lanes (i32x4.splat (local.get $a))) ;; a a a a
    (local.set $lanes (i32x4.replace_lane 1 (local.get $lanes) (local.get $b)))
    (local.set $lanes (i32x4.replace_lane 2 (local.get $lanes) (local.get $c)))
    (local.set $lanes (i32x4.replace_lane 3 (local.get $lanes) (local.get $d)))
    (local.set $lanes (i32x4.mul (local.get $lanes) (local.get $lanes)))
    (i32.add
      (i32.add
        (i32x4.extract_lane 0 (local.get $lanes))
        (i32x4.extract_lane 1 (local.get $lanes))
      )
      (i32.add
        (i32x4.extract_lane 2 (local.get $lanes))
        (i32x4.extract_lane 3 (local.get $lanes))
      )
    )
  )

  ;; eight numbers from memory: four sums at once, then across
  (func (export "sum_row") (result i32)
    (local $lanes v128)
    (local.set $lanes
      (i32x4.add (v128.load (i32.const 0)) (v128.load (i32.const 16)))
    )
    ;; the upper half onto the lower
    (local.set $lanes
      (i32x4.add
        (local.get $lanes)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $lanes) (local.get $lanes))
      )
    )
    (i32.add
      (i32x4.extract_lane 0 (local.get $lanes))
      (i32x4.extract_lane 1 (local.get $lanes))
    )
  )
)
