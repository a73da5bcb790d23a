;; title: Calls that leave nothing behind
;; group: Beyond
;; order: 3
;; kind: task
;; minutes: 8
;; needs: fib
;; look: A tail call replaces the function that makes it. So a chain of calls needs no more stack than one call.
;; look: This is a proposal that is off at first, and of the three compilers only LLVM has it.
;; goal: even and odd call each other ten million times without a stack overflow.
;; hint: Call even with 10000000: the stack overflows, since every call waits for the one that it made.
;; hint: The call is the last thing that each function does. `return_call` takes the place of `call` there.
;; hint: Replace both calls. Then turn on Tail calls in the panel Settings, and choose LLVM in the toolbar.
;; compilers: llvm
;; solution: enable tail_call
;; must: contain return_call
;; must: not contain loop
;; expect: refused by singlepass
;; expect: refused by cranelift
;; expect: even 0 -> 1
;; expect: even 7 -> 0
;; expect: odd 7 -> 1
;; expect: even 10000000 -> 1
;; expect: odd 9999999 -> 1

(module
  (func $even (export "even") (param $n i32) (result i32)
    (if (i32.eq (local.get $n) (i32.const 0))
      (then (return (i32.const 1)))
    )
    (call $odd (i32.sub (local.get $n) (i32.const 1)))
  )

  (func $odd (export "odd") (param $n i32) (result i32)
    (if (i32.eq (local.get $n) (i32.const 0))
      (then (return (i32.const 0)))
    )
    (call $even (i32.sub (local.get $n) (i32.const 1)))
  )
)
