;; title: Return at once
;; group: Control
;; order: 6
;; kind: task
;; needs: loop_sum
;; minutes: 8
;; look: `return` leaves the whole function, from inside any number of blocks.
;; goal: Let `is_prime` return 0 for numbers below 2, and as soon as it has found a divisor.
;; hint: Two places do nothing at present: they have `nop`. Both should leave the function with 0.
;; hint: `return` takes the result from the stack, like the end of the function: `(return (i32.const 0))`.
;; hint: The first `nop` is the arm for numbers below 2, the second is the arm for a remainder of zero. Replace both.
;; set: call_ms 4000
;; must: contain return
;; must: not contain nop
;; must: have no lint
;; expect: is_prime 2 -> 1
;; expect: is_prime 97 -> 1
;; expect: is_prime 4 -> 0
;; expect: is_prime 91 -> 0
;; expect: is_prime 0 -> 0
;; expect: is_prime 1 -> 0
;; expect: is_prime 65537 -> 1
;; expect: same 200: is_prime 0..2000

(module
  (func (export "is_prime") (param $n i32) (result i32)
    (local $divisor i32)
    (if (i32.lt_u (local.get $n) (i32.const 2))
      (then nop) ;; is no prime
    )
    (local.set $divisor (i32.const 2))
    (block $done
      (loop $next
        ;; a divisor has a partner that is smaller than the root, or as large
        (br_if $done
          (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $n))
        )
        (if (i32.eqz (i32.rem_u (local.get $n) (local.get $divisor)))
          (then nop) ;; is no prime
        )
        (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
        (br $next)
      )
    )
    (i32.const 1)
  )
)
