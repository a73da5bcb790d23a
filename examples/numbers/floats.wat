;; title: Strange floats
;; group: Numbers
;; order: 5
;; kind: quiz
;; needs: wrap_extend
;; minutes: 6
;; look: There are two zeros, which are equal and yet differ, and many NaNs, none of which equals anything, not even itself.
;; look: Arguments may be written as 1.5, -0, inf, nan, nan:0x123 or 0x1.8p3; results keep every bit.
;; question: 2.5 lies between 2 and 3. Which number does `nearest 2.5` give?
;; answer: 2
;; answer: 2.0
;; hint: 2 and 3 are equally far away from 2.5, so the distance does not decide.
;; hint: A half goes to the even neighbour, so halves are rounded up as often as down.
;; hint: The neighbours of 2.5 are 2 and 3, and only one of them can be divided by 2.
;; expect: equal 0 -0 -> 1
;; expect: bits -0 -> -9223372036854775808
;; expect: divide 1 0 -> inf
;; expect: divide 1 -0 -> -inf
;; expect: equal nan nan -> 0
;; expect: is_nan nan:0x8000000000123 -> 1
;; expect: same nan:0x8000000000123 -> nan:0x8000000000123
;; expect: smaller 0 -0 -> -0
;; expect: nearest 2.5 -> 2
;; expect: nearest -0.4 -> -0
;; expect: widen 0.1 -> 0.10000000149011612

(module
  (func (export "equal") (param f64 f64) (result i32)
    (f64.eq (local.get 0) (local.get 1))
  )

  ;; the same 64 bits, read as an integer
  (func (export "bits") (param f64) (result i64)
    (i64.reinterpret_f64 (local.get 0))
  )

  ;; no float operation ever traps
  (func (export "divide") (param f64 f64) (result f64)
    (f64.div (local.get 0) (local.get 1))
  )

  (func (export "is_nan") (param f64) (result i32)
    (f64.ne (local.get 0) (local.get 0))
  )

  (func (export "same") (param f64) (result f64)
    (local.get 0)
  )

  (func (export "smaller") (param f64 f64) (result f64)
    (f64.min (local.get 0) (local.get 1))
  )

  ;; a half goes to the even neighbour
  (func (export "nearest") (param f64) (result f64)
    (f64.nearest (local.get 0))
  )

  ;; 0.1 is no f32: this shows which number it really is
  (func (export "widen") (param f32) (result f64)
    (f64.promote_f32 (local.get 0))
  )
)
