;; title: Add one
;; group: Start
;; order: 1
;; minutes: 3
;; look: A function takes its parameters from the caller, works on a stack of values, and returns what is left there.
;; look: Press Run, type a number beside add_one, press Call. Then try the largest i32: numbers wrap around.
;; hint: A counter with a fixed number of digits starts again after its last number, as the mileage counter of a car does.
;; hint: In −1 all 32 bits are 1. Adding 1 carries through all of them, and the carry out of the last bit is dropped.
;; hint: −1 gives 0. After the largest `i32` comes the smallest one, which is 1 further away from 0 than the largest.
;; expect: add_one 41 -> 42
;; expect: add_one -1 -> 0
;; expect: add_one 2147483647 -> -2147483648

(module
  (func (export "add_one") (param $number i32) (result i32)
    local.get $number ;; the stack holds: number
    i32.const 1 ;; number, 1
    i32.add ;; number + 1, which is the result
  )
)
