;; title: Fibonacci, the slow way
;; group: Machine
;; order: 1
;; minutes: 6
;; look: Each call makes two more: fib 30 is more than a million calls. Run it with each compiler and compare the time of the call with the time of compiling.
;; hint: Count the calls of `fib` for 2, 3 and 4, the first call included.
;; hint: They are 3, 5 and 9. Each number is the sum of the two before it, plus 1. Go on, and divide each one by the one before it.
;; hint: The row is 1, 3, 5, 9, 15, 25, 41, 67, and a number divided by the one before it comes close to 1.6. So `fib` of 33 takes about 1.6 times as long as `fib` of 32.
;; expect: fib 0 -> 0
;; expect: fib 1 -> 1
;; expect: fib 10 -> 55
;; expect: fib 25 -> 75025

(module
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2)))
        )
      )
    )
  )
)
