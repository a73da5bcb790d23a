;; title: Before the first call
;; group: Imports
;; order: 10
;; kind: task
;; minutes: 7
;; needs: import_log
;; look: A module can name one function that runs by itself when the instance is made. Here it should fill a table of squares.
;; goal: The squares of 0 to 15 are in memory before anything is called, and the host is told 16 once.
;; hint: Call square before and after prepare. Only afterwards it is right.
;; hint: A start function is named by `(start $name)`, a line of the module. It has no parameters and no results.
;; hint: $prepare returns a number, so it does not fit. Write a function that calls it and gives the number to $log.
;; expect: log 16
;; expect: square 5 -> 25
;; expect: square 15 -> 225
;; expect: square 16 -> 0
;; expect: memory 0x3c = e1 00 00 00 00 00 00 00
;; expect: calls env.log 1

(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "mem") 1)

  (func (export "square") (param $number i32) (result i32)
    (i32.load (i32.mul (local.get $number) (i32.const 4)))
  )

  ;; writes the squares of 0 to 15, and gives how many there are
  (func $prepare (export "prepare") (result i32)
    (local $number i32)
    (loop $next
      (i32.store
        (i32.mul (local.get $number) (i32.const 4))
        (i32.mul (local.get $number) (local.get $number))
      )
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 16)))
    )
    (local.get $number)
  )
)
