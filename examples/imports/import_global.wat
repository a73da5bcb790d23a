;; title: A variable that two sides write
;; group: Imports
;; order: 4
;; kind: task
;; minutes: 6
;; needs: globals import_log
;; look: The host owns the global score, and the guest imports it. Each sees at once if the other one writes.
;; goal: win adds the points times the host's factor to the score that the host sees.
;; hint: Call win and look at score in the panel Exports: it stays at 100. The guest adds to a global of its own.
;; hint: $own is a copy that was made when the instance was made. It is not connected to the host's global.
;; hint: Remove $own, and use $score in win and in current.
;; must: have no lint
;; expect: global score = 100
;; expect: current -> 100
;; expect: win 5 ->
;; expect: global score = 115
;; expect: win -1 ->
;; expect: global score = 112
;; expect: current -> 112

(module
  (import "env" "score" (global $score (mut i32)))
  (import "env" "factor" (global $factor i32))
  (export "score" (global $score))
  (global $own (mut i32) (i32.const 100))

  (func (export "win") (param $points i32)
    (global.set $own
      (i32.add (global.get $own) (i32.mul (local.get $points) (global.get $factor)))
    )
  )

  (func (export "current") (result i32)
    (global.get $own)
  )
)
