;; title: The first export
;; group: Start
;; order: 2
;; kind: task
;; needs: add_one
;; minutes: 3
;; look: A module keeps its functions to itself, until it exports them under a name.
;; goal: Let `answer` return 42, and export the second function as `seven`.
;; hint: The number that `i32.const` pushes is the result, since nothing else is on the stack.
;; hint: An export is written behind the word `func`, as in the first function.
;; hint: The second function begins with `(func (export "seven") (result i32)`.
;; expect: answer -> 42
;; expect: seven -> 7

(module
  (func (export "answer") (result i32)
    i32.const 41
  )

  ;; the caller cannot see this function yet
  (func (result i32)
    i32.const 7
  )
)
