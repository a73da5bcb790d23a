;; title: Factorial, with a loop
;; group: Control
;; order: 7
;; kind: quiz
;; needs: loop_sum
;; minutes: 5
;; look: A branch to a loop goes back to its start; a branch to a block leaves it. So a loop ends unless it is told not to.
;; look: 20 is the last factorial that an i64 holds. Try 21 and see what wrapping does.
;; question: Which number does `factorial 0` give?
;; answer: 1
;; hint: Follow the loop for `$n` = 0 on paper. Which of its lines comes first?
;; hint: `br_if $done` comes before the multiplication. 0 is less than or equal to 1, so the first turn leaves at once.
;; hint: Nothing was multiplied, so `$product` still has the number that it got before the block: see `i64.const` there.
;; expect: factorial 5 -> 120
;; expect: factorial 0 -> 1
;; expect: factorial 20 -> 2432902008176640000
;; expect: factorial 21 -> -4249290049419214848

(module
  (func (export "factorial") (param $n i64) (result i64)
    (local $product i64)
    (local.set $product (i64.const 1))
    (block $done
      (loop $again
        (br_if $done (i64.le_s (local.get $n) (i64.const 1)))
        (local.set $product (i64.mul (local.get $product) (local.get $n)))
        (local.set $n (i64.sub (local.get $n) (i64.const 1)))
        (br $again)
      )
    )
    (local.get $product)
  )
)
