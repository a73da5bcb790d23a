;; title: Something is missing
;; group: Imports
;; order: 1
;; minutes: 4
;; look: This module needs a function from outside. Run says which one, and what type it must have.
;; look: Press Provide all in the panel Imports and run it again. Or choose Let them trap in the panel Settings: then only the call of log ends it.
;; hint: A call needs an instance. Read in the page again which condition has to be met before an instance is made.
;; hint: The loop calls `log` before it subtracts, and goes on as long as the number is 0 or more. Write down the numbers of `count_down` for 3.
;; hint: `double` cannot be called: no import may be missing when the instance is made, also one that is not used. `count_down` with 3 calls `log` with 3, 2, 1 and 0.
;; expect: error missing_imports

(module
  (import "env" "log" (func $log (param i32)))

  (func (export "count_down") (param $from i32)
    (loop $next
      (call $log (local.get $from))
      (local.set $from (i32.sub (local.get $from) (i32.const 1)))
      (br_if $next (i32.ge_s (local.get $from) (i32.const 0)))
    )
  )

  (func (export "double") (param $number i32) (result i32)
    (i32.shl (local.get $number) (i32.const 1))
  )
)
