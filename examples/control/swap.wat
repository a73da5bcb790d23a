;; title: Two results
;; group: Control
;; order: 9
;; kind: quiz
;; needs: signedness
;; minutes: 5
;; look: A function may return several values. Nothing is allocated for them: both simply stay on the stack.
;; look: The same sum can be written in a row or folded into parentheses; compare swap and divide.
;; question: Division rounds towards zero. Which two numbers does `divide -17 5` give?
;; answer: -3 -2
;; hint: −17 / 5 is −3.4. `i32.div_s` drops the part behind the point.
;; hint: Quotient and remainder belong together: the dividend is the quotient times 5, plus the remainder.
;; hint: The quotient is −3, and −3 times 5 is −15. The remainder leads from −15 to −17. Write both numbers with a blank between them.
;; expect: swap 1 2 -> 2 1
;; expect: divide 17 5 -> 3 2
;; expect: divide -17 5 -> -3 -2

(module
  (func (export "swap") (param $first i32) (param $second i32) (result i32 i32)
    local.get $second
    local.get $first
  )

  ;; quotient and remainder at once
  (func (export "divide") (param $a i32) (param $b i32) (result i32 i32)
    (i32.div_s (local.get $a) (local.get $b))
    (i32.rem_s (local.get $a) (local.get $b))
  )
)
