;; title: Sixteen pixels brighter
;; group: Beyond
;; order: 2
;; kind: task
;; minutes: 8
;; needs: lanes
;; look: Each byte is the brightness of a pixel. One addition of vectors makes sixteen of them brighter.
;; goal: brighten adds an amount to sixteen bytes at once, and a pixel that would be brighter than 255 becomes 255.
;; hint: A pixel of 250 plus 10 becomes 4, since `i8x16.add` wraps around in each lane.
;; hint: An addition that stops at the largest value is called saturating: `i8x16.add_sat_u`.
;; hint: It comes in two kinds: _s stops at 127 and -128, _u at 255 and 0. Pixels are unsigned.
;; compilers: cranelift llvm
;; must: contain i8x16.add_sat_u
;; must: not contain loop
;; expect: refused by singlepass
;; expect: same 100: brighten 0x100 0..255 with memory 0x100 32
;; expect: set 0x200 250 ->
;; expect: set 0x201 20 ->
;; expect: set 0x20f 255 ->
;; expect: brighten 0x200 10 ->
;; expect: memory 0x200 = ff 1e 0a 0a
;; expect: memory 0x20e = 0a ff 00

(module
  (memory (export "mem") 1)

  (func (export "brighten") (param $at i32) (param $amount i32)
    (v128.store (local.get $at)
      (i8x16.add (v128.load (local.get $at)) (i8x16.splat (local.get $amount)))
    )
  )

  (func (export "set") (param $at i32) (param $value i32)
    (i32.store8 (local.get $at) (local.get $value))
  )
)
