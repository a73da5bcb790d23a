;; title: Code in memory, code in a file
;; group: Machine
;; order: 2
;; minutes: 7
;; needs: fib
;; look: An engine decides the form of the machine code, and how it is loaded. The results stay the same.
;; look: A sealed artifact holds code that is already compiled, so that it runs where no compiler is.
;; hint: A phase can be left out if its result is in the file already.
;; hint: A sealed artifact holds machine code. Which phase makes machine code?
;; hint: The missing one is *compile*. The code must still be brought into memory, so *load* remains, and the result is the same.
;; expect: mix 0 -> -1640610345
;; expect: mix 1 -> -1623833310
;; expect: mix -1 -> -1657388472
;; expect: orbit 1 1000 -> -330725499

(module
  ;; scatters the bits of a number
  (func $mix (export "mix") (param $number i32) (result i32)
    (local.set $number
      (i32.add (i32.mul (local.get $number) (i32.const 0x01000193)) (i32.const 0x9e3779b9))
    )
    (i32.xor (local.get $number) (i32.shr_u (local.get $number) (i32.const 15)))
  )

  ;; mixes again and again
  (func (export "orbit") (param $number i32) (param $times i32) (result i32)
    (loop $next
      (local.set $number (call $mix (local.get $number)))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $next (i32.gt_s (local.get $times) (i32.const 0)))
    )
    (local.get $number)
  )
)
