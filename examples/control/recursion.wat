;; title: A function that calls itself
;; group: Control
;; order: 8
;; kind: task
;; needs: early_return names_indices
;; minutes: 7
;; look: Each call has its own parameters and locals. The stack of calls has an end, and to go past it is a trap.
;; goal: Let `power` end: it should give 1 for the exponent 0, and not call itself then.
;; hint: Press Run and call `power`: the trap says that calls went too deep. Nothing ever stops the recursion.
;; hint: Before the call, ask if the exponent is 0.
;; hint: `(if (i32.eqz (local.get $exponent)) (then (return (i32.const 1))))` as the first line of the body.
;; must: contain call
;; expect: power 2 10 -> 1024
;; expect: power 3 0 -> 1
;; expect: power 0 0 -> 1
;; expect: power 7 1 -> 7
;; expect: power -2 31 -> -2147483648
;; expect: depth 1000 -> 1000
;; expect: trap stack_overflow: depth 1000000000
;; expect: depth 3 -> 3
;; expect: same 100: power ? 0..40

(module
  ;; the square of half the power, and once more the base if the exponent is odd
  (func $power (export "power") (param $base i32) (param $exponent i32) (result i32)
    (local $half i32)
    (local.set $half
      (call $power (local.get $base) (i32.shr_u (local.get $exponent) (i32.const 1)))
    )
    (i32.mul
      (i32.mul (local.get $half) (local.get $half))
      (select
        (local.get $base)
        (i32.const 1)
        (i32.and (local.get $exponent) (i32.const 1))
      )
    )
  )

  ;; n calls inside each other
  (func $depth (export "depth") (param $n i32) (result i32)
    (if (result i32) (i32.eqz (local.get $n))
      (then (i32.const 0))
      (else (i32.add (i32.const 1) (call $depth (i32.sub (local.get $n) (i32.const 1)))))
    )
  )
)
