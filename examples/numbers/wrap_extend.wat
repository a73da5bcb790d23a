;; title: 32 bits and 64 bits
;; group: Numbers
;; order: 1
;; kind: task
;; needs: locals
;; minutes: 5
;; look: i32 and i64 are different types, and nothing converts by itself. Two instructions make an i32 longer, one cuts an i64.
;; goal: Let `product` give the exact product of two i32 as an i64, for negative numbers too.
;; hint: The multiplication itself must be one of 64 bits, or its upper half is lost before it is extended.
;; hint: Extend both parameters first. Of the two ways to extend, one keeps the sign.
;; hint: `(i64.mul (i64.extend_i32_s (local.get $a)) …)`, and the second operand in the same way.
;; expect: product 6 7 -> 42
;; expect: product 100000 100000 -> 10000000000
;; expect: product -1 1 -> -1
;; expect: product -2147483648 -2147483648 -> 4611686018427387904
;; expect: low 4294967297 -> 1
;; expect: low -1 -> -1
;; expect: same 200: product ? ?

(module
  (func (export "product") (param $a i32) (param $b i32) (result i64)
    (i64.extend_i32_u (i32.mul (local.get $a) (local.get $b)))
  )

  ;; the lower 32 bits
  (func (export "low") (param $long i64) (result i32)
    (i32.wrap_i64 (local.get $long))
  )
)
