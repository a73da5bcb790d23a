;; title: Traps
;; group: Numbers
;; order: 4
;; kind: quiz
;; needs: signedness
;; minutes: 5
;; look: A trap ends the call at once, and says why and where. Nothing is undone. The instance can be called again.
;; question: Which trap ends `div -2147483648 -1`: `integer_divide_by_zero`, `integer_overflow`, or none?
;; answer: integer_overflow
;; answer: integer overflow
;; hint: First divide on paper, where numbers have no largest one: what is −2147483648 / −1?
;; hint: The quotient is 2147483648. Compare it with the largest `i32`.
;; hint: The quotient is 1 larger than the largest `i32`, and a division does not wrap around. The divisor is not 0, so only one of the two traps is left.
;; expect: div 7 2 -> 3
;; expect: trap integer_divide_by_zero: div 1 0
;; expect: trap integer_overflow: div -2147483648 -1
;; expect: trap invalid_conversion_to_integer: whole nan
;; expect: trap integer_overflow: whole 1e10
;; expect: whole -3.9 -> -3
;; expect: trap out_of_bounds_memory_access: peek 65536
;; expect: trap out_of_bounds_memory_access: peek 65533
;; expect: peek 65532 -> 0
;; expect: trap unreachable: give_up
;; expect: div 7 2 -> 3

(module
  (memory 1) ;; one page: addresses 0 to 65535

  (func (export "div") (param $a i32) (param $b i32) (result i32)
    (i32.div_s (local.get $a) (local.get $b))
  )

  ;; towards zero; `i32.trunc_sat_f64_s` would never trap
  (func (export "whole") (param $number f64) (result i32)
    (i32.trunc_f64_s (local.get $number))
  )

  ;; reads four bytes, and all four must lie inside
  (func (export "peek") (param $address i32) (result i32)
    (i32.load (local.get $address))
  )

  (func (export "give_up")
    unreachable
  )
)
