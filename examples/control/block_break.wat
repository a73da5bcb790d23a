;; title: Out of the block
;; group: Control
;; order: 2
;; kind: task
;; needs: if_else
;; minutes: 7
;; look: A branch to a block goes to its end. So a block is a way to leave early when a condition is not met.
;; goal: Let `triangle` give 1 only if all three sides are positive, and each is shorter than the other two together.
;; hint: Each reason to refuse is one line: `br_if $refused` with a condition.
;; hint: Two lines are missing for sides below 1, and two for sides that are too long.
;; hint: For a: `(br_if $refused (i32.ge_s (local.get $a) (i32.add (local.get $b) (local.get $c))))`.
;; must: contain br_if
;; expect: triangle 3 4 5 -> 1
;; expect: triangle 1 1 1 -> 1
;; expect: triangle 1 2 3 -> 0
;; expect: triangle 3 1 2 -> 0
;; expect: triangle 2 3 1 -> 0
;; expect: triangle 9 2 3 -> 0
;; expect: triangle 0 4 4 -> 0
;; expect: triangle 4 0 4 -> 0
;; expect: triangle 4 4 -1 -> 0
;; expect: same 200: triangle -2..12 -2..12 -2..12

(module
  ;; 1 if three sides of these lengths make a triangle
  (func (export "triangle") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (local $good i32)
    (block $refused
      (br_if $refused (i32.lt_s (local.get $a) (i32.const 1)))
      (br_if $refused (i32.ge_s (local.get $c) (i32.add (local.get $a) (local.get $b))))
      (local.set $good (i32.const 1))
    )
    (local.get $good)
  )
)
