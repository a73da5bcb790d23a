;; title: Two loops and a label
;; group: Control
;; order: 4
;; kind: task
;; needs: loop_sum
;; minutes: 8
;; look: A branch names the block that it leaves, by its name or by its depth: 0 is the innermost one.
;; goal: Let `find` stop at the first pair: it should leave both loops.
;; hint: `br $row` leaves the inner block only, so the search goes on, and a later pair replaces the first.
;; hint: The outermost block is `$found`. A branch to it leaves everything inside.
;; hint: Write `br $found`, or count: the `if` is 0, `$column` 1, `$row` 2, `$tens` 3, and `$found` is 4.
;; set: call_ms 2000
;; expect: find 12 -> 26
;; expect: find 49 -> 77
;; expect: find 81 -> 99
;; expect: find 1 -> 11
;; expect: find 7 -> 17
;; expect: find 11 -> 0
;; expect: find 0 -> 0
;; expect: same 100: find 0..82

(module
  ;; the first digits a and b with a × b = n, as the number ab, or 0
  (func (export "find") (param $n i32) (result i32)
    (local $a i32)
    (local $b i32)
    (local $pair i32)
    (block $found
      (local.set $a (i32.const 1))
      (loop $tens
        (local.set $b (i32.const 1))
        (block $row
          (loop $column
            (if (i32.eq (i32.mul (local.get $a) (local.get $b)) (local.get $n))
              (then
                (local.set $pair
                  (i32.add (i32.mul (local.get $a) (i32.const 10)) (local.get $b))
                )
                (br $row)
              )
            )
            (local.set $b (i32.add (local.get $b) (i32.const 1)))
            (br_if $column (i32.lt_u (local.get $b) (i32.const 10)))
          )
        )
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (br_if $tens (i32.lt_u (local.get $a) (i32.const 10)))
      )
    )
    (local.get $pair)
  )
)
