;; title: With or without a sign
;; group: Numbers
;; order: 2
;; kind: task
;; needs: wrap_extend
;; minutes: 5
;; look: An i32 is only 32 bits. The instruction decides if they are read with a sign: `_s` or `_u`.
;; goal: Let `inside` use a single unsigned comparison, and let `half` divide without a sign.
;; hint: Read without a sign, −1 is the largest number of all. So it cannot be below any length.
;; hint: Change the last letter of both instructions.
;; hint: `i32.lt_u` compares and `i32.div_u` divides without a sign.
;; must: contain i32.lt_u
;; must: not contain i32.lt_s
;; expect: inside 0 10 -> 1
;; expect: inside 9 10 -> 1
;; expect: inside 10 10 -> 0
;; expect: inside -1 10 -> 0
;; expect: inside 2147483647 -2147483648 -> 1
;; expect: inside 0 0 -> 0
;; expect: half 7 -> 3
;; expect: half -2 -> 2147483647
;; expect: same 100: inside ? ?
;; expect: same 100: half ?

(module
  ;; 1 if the index is one of a list of this length: 0 ≤ index < length
  (func (export "inside") (param $index i32) (param $length i32) (result i32)
    (i32.lt_s (local.get $index) (local.get $length))
  )

  ;; half of a number from 0 to 4294967295
  (func (export "half") (param $number i32) (result i32)
    (i32.div_s (local.get $number) (i32.const 2))
  )
)
