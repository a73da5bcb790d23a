;; title: Something is missing
;; group: Imports
;; order: 1
;; minutes: 4
;; look: This module needs a function from outside. Run says which one, and what type it must have.
;; look: Press Provide all in the panel Imports and run it again. Or choose Let them trap in the panel Settings: then only the call of log ends it.
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
