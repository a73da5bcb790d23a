;; title: Fewer bytes
;; group: Machine
;; order: 4
;; kind: task
;; minutes: 8
;; needs: fib
;; look: The panel Module shows the size of the binary, section by section. Names are not counted here.
;; goal: power_16 gives the same result, and the binary has at most 70 bytes without names.
;; hint: Sixteen factors need fifteen multiplications. But a square of a square is already the fourth power.
;; hint: Square four times: each time, the number becomes itself times itself.
;; hint: `(local.tee $n (i32.mul (local.get $n) (local.get $n)))` stores the square and keeps it on the stack.
;; must: have at most 70 bytes
;; must: not contain loop
;; expect: power_16 2 -> 65536
;; expect: power_16 3 -> 43046721
;; expect: power_16 -1 -> 1
;; expect: same 100: power_16 ?

(module
  (func (export "power_16") (param $n i32) (result i32)
    local.get $n
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
    local.get $n
    i32.mul
  )
)
