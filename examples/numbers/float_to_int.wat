;; title: From float to integer
;; group: Numbers
;; order: 6
;; kind: task
;; needs: traps floats
;; minutes: 6
;; look: `trunc` traps if a float does not fit. `trunc_sat` takes the nearest integer that fits, and 0 for NaN.
;; goal: Let `pixel` never trap, and give 0 to 255 for every float; let `strict` go on trapping.
;; hint: `i32.trunc_sat_f64_u` never traps: less than 0 gives 0, NaN gives 0.
;; hint: Too much light still gives more than 255. Limit the float before it is converted.
;; hint: `(i32.trunc_sat_f64_u (f64.min (f64.mul …) (f64.const 255)))`
;; must: contain i32.trunc_sat_f64_u
;; expect: pixel 0 -> 0
;; expect: pixel 1 -> 255
;; expect: pixel 0.5 -> 127
;; expect: pixel -0.25 -> 0
;; expect: pixel 1.5 -> 255
;; expect: pixel inf -> 255
;; expect: pixel -inf -> 0
;; expect: pixel nan -> 0
;; expect: strict -41.9 -> -41
;; expect: trap invalid_conversion_to_integer: strict nan
;; expect: trap integer_overflow: strict 2147483648
;; expect: strict 2147483647.9 -> 2147483647
;; expect: same 100: pixel ?

(module
  ;; light from 0 to 1 becomes a byte from 0 to 255
  (func (export "pixel") (param $light f64) (result i32)
    (i32.trunc_f64_u (f64.mul (local.get $light) (f64.const 255)))
  )

  (func (export "strict") (param $number f64) (result i32)
    (i32.trunc_f64_s (local.get $number))
  )
)
