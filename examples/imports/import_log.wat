;; title: Tell the host
;; group: Imports
;; order: 2
;; kind: task
;; minutes: 5
;; needs: imports
;; look: The import object of this tab has a log. So every call from inside can be seen, with its argument.
;; goal: steps tells the host each number of the sequence, from the first one to 1, and returns how many there were.
;; hint: Press Run, call steps with 6, and compare the console with 6 3 10 5 16 8 4 2 1.
;; hint: The host is never told of 1: the loop is left before the last number is logged.
;; hint: Move the call of $log and the counting before the line with `br_if $done`.
;; expect: steps 6 -> 9
;; expect: log 6 3 10 5 16 8 4 2 1
;; expect: steps 1 -> 1
;; expect: log 1
;; expect: calls env.log 10
;; expect: steps 27 -> 112
;; expect: calls env.log 122

(module
  (import "env" "log" (func $log (param i32)))

  ;; an even number is halved, an odd one becomes three times itself plus one
  (func (export "steps") (param $number i32) (result i32)
    (local $count i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $number) (i32.const 1)))
        (call $log (local.get $number))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (if (i32.rem_u (local.get $number) (i32.const 2))
          (then
            (local.set $number
              (i32.add (i32.mul (local.get $number) (i32.const 3)) (i32.const 1))
            )
          )
          (else (local.set $number (i32.div_u (local.get $number) (i32.const 2))))
        )
        (br $next)
      )
    )
    (local.get $count)
  )
)
