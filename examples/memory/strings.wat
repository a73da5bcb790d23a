;; title: Texts
;; group: Memory
;; order: 6
;; kind: task
;; needs: array_sum endian_width
;; minutes: 8
;; look: A text is an address and a length. Functions that take one have two parameters for it.
;; goal: Let `upper` make capital letters of a to z, and leave every other byte as it is.
;; hint: Call `upper` with `0` and `16`, and look at the bytes. Which ones were changed that are no letters?
;; hint: The comparison has no upper end: a byte above `z`, such as `{`, is changed too.
;; hint: Subtract 97 from the byte, and ask by `i32.lt_u` if the difference is below 26.
;; set: call_ms 2000
;; expect: same 200: upper 0x100 0..32 with memory 0x100 64
;; expect: upper 0 16 ->
;; expect: memory 0 = 48 45 4c 4c 4f 2c 20 7b 57 41 53 4d 7d 20 60 5a
;; expect: upper 15 1 ->
;; expect: memory 0x0e = 60 5a
;; expect: upper 0 0 ->

(module
  (memory (export "mem") 1)
  (data (i32.const 0) "Hello, {wasm} `z")

  (func (export "upper") (param $at i32) (param $length i32)
    (local $end i32)
    (local $letter i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $letter (i32.load8_u (local.get $at)))
        (if (i32.ge_u (local.get $letter) (i32.const 97)) ;; 97 is the code of a
          (then
            (i32.store8 (local.get $at) (i32.sub (local.get $letter) (i32.const 32)))
          )
        )
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)
      )
    )
  )
)
