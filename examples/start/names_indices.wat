;; title: Names are labels
;; group: Start
;; order: 6
;; kind: task
;; needs: locals
;; minutes: 5
;; look: The binary knows functions and locals by number only. A name with $ is a label for the number, for those who read the text.
;; goal: Let `gap` compute a² − b²: its calls name the wrong function, and one `local.get` the wrong local.
;; hint: Functions are counted from 0, in the order of the text. Which number has the one that squares?
;; hint: In `gap`, 0 and 1 are the parameters, and 2 is the local. Give all of them names, and the mistake shows itself.
;; hint: Both calls are `call $square`. The difference begins with the local, in which the square of a is.
;; must: be the binary of names_indices
;; expect: twice 21 -> 42
;; expect: square -5 -> 25
;; expect: gap 5 3 -> 16
;; expect: gap 3 5 -> -16
;; expect: gap -2 2 -> 0
;; expect: same 100: gap ? ?

(module
  (func (export "twice") (param i32) (result i32)
    (i32.add (local.get 0) (local.get 0))
  )

  (func (export "square") (param i32) (result i32)
    (i32.mul (local.get 0) (local.get 0))
  )

  ;; the square of the first, less the square of the second
  (func (export "gap") (param i32 i32) (result i32)
    (local i32)
    (local.set 2 (call 0 (local.get 0)))
    (i32.sub (local.get 0) (call 0 (local.get 1)))
  )
)
