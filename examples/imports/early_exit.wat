;; title: Out through the host
;; group: Imports
;; order: 7
;; kind: task
;; minutes: 7
;; needs: import_log
;; look: A function of the host can refuse to return. Then all calls of the guest around it end at once.
;; goal: find ends through the host as soon as the number is found, and returns -1 if it is not there.
;; hint: find looks at every number and always returns -1. It never tells the host.
;; hint: When the loaded number is the wanted one, call $found with the index.
;; hint: No branch is needed behind the call of $found: it does not return.
;; must: not contain return
;; expect: find 5 -> -1
;; expect: looked -> 6
;; expect: trap host_function: find 40
;; expect: calls env.found 1
;; expect: log 2
;; expect: looked -> 9
;; expect: trap host_function: find 10
;; expect: log 0
;; expect: looked -> 10
;; expect: trap host_function: find 60
;; expect: log 5
;; expect: looked -> 16

(module
  (import "env" "found" (func $found (param $index i32)))
  (memory (export "mem") 1)
  (data (i32.const 0)
    "\0a\00\00\00" ;; 10
    "\14\00\00\00" ;; 20
    "\28\00\00\00" ;; 40
    "\1e\00\00\00" ;; 30
    "\28\00\00\00" ;; 40
    "\3c\00\00\00" ;; 60
  )
  (global $looked (mut i32) (i32.const 0))

  (func (export "find") (param $number i32) (result i32)
    (call $search (local.get $number))
    (i32.const -1)
  )

  ;; how many numbers were looked at, in all calls
  (func (export "looked") (result i32)
    (global.get $looked)
  )

  (func $search (param $number i32)
    (local $index i32)
    (loop $next
      (global.set $looked (i32.add (global.get $looked) (i32.const 1)))
      ;; is the number at $index the wanted one?
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $index) (i32.const 6)))
    )
  )
)
