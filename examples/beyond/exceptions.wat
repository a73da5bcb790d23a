;; title: Throw and catch
;; group: Beyond
;; order: 4
;; kind: task
;; minutes: 12
;; needs: tail_call
;; look: An exception leaves all functions up to the one that catches it, and carries values with it.
;; look: This is a proposal that is off at first. Cranelift and LLVM have it, Singlepass does not.
;; goal: digit throws a wrong character, and read catches it and returns it as a negative number.
;; hint: Declare the exception: `(tag $wrong (param i32))`. In digit, `(throw $wrong (local.get $character))` replaces the result -1.
;; hint: In read, a block with an `i32` as its result is the place where the payload arrives: `(block $caught (result i32) …)`.
;; hint: Inside it: `(return (try_table (result i32) (catch $wrong $caught) (call $number …)))`. Around it: 0 minus the block.
;; compilers: cranelift llvm
;; solution: enable exceptions
;; must: contain throw
;; must: contain try_table
;; expect: refused by singlepass
;; expect: number 52 50 -> 42
;; expect: read 52 50 -> 42
;; expect: read 48 48 -> 0
;; expect: read 65 50 -> -65
;; expect: read 52 32 -> -32
;; expect: read 58 47 -> -58
;; expect: trap uncaught_exception: number 65 50
;; expect: read 57 57 -> 99

(module
  ;; the digit that this character is
  (func $digit (param $character i32) (result i32)
    (if (i32.ge_u (i32.sub (local.get $character) (i32.const 48)) (i32.const 10))
      (then (return (i32.const -1))) ;; not a digit
    )
    (i32.sub (local.get $character) (i32.const 48))
  )

  ;; the number of two characters
  (func $number (export "number") (param $tens i32) (param $ones i32) (result i32)
    (i32.add
      (i32.mul (call $digit (local.get $tens)) (i32.const 10))
      (call $digit (local.get $ones))
    )
  )

  (func (export "read") (param $tens i32) (param $ones i32) (result i32)
    (call $number (local.get $tens) (local.get $ones))
  )
)
