;; title: A memory allocator
;; group: Memory
;; order: 10
;; kind: task
;; minutes: 10
;; look: An allocator hands out addresses. This one only moves forward: each call gets the bytes behind those of the call before.
;; goal: Every call of alloc gets bytes of its own, at an address that is a multiple of 8.
;; hint: Call alloc twice with 8. Both calls get 1024, because nothing stores where the next call begins.
;; hint: Before the result, set $next to $end.
;; hint: Round the size up before it is added: add 7, then clear the lowest three bits with `i32.and` and -8.
;; expect: alloc 1 -> 1024
;; expect: alloc 8 -> 1032
;; expect: alloc 13 -> 1040
;; expect: alloc 0 -> 1056
;; expect: alloc 70000 -> 1056
;; expect: alloc 4 -> 71056
;; expect: pages -> 2
;; expect: alloc 2000000 -> 0
;; expect: alloc -1 -> 0
;; expect: alloc 5 -> 71064
;; expect: reset ->
;; expect: same 200: alloc 0..300

(module
  (memory (export "mem") 1 16)
  (global $next (mut i32) (i32.const 1024)) ;; the first free byte

  ;; the address of new bytes, or 0 when there is no room
  (func (export "alloc") (param $size i32) (result i32)
    (local $start i32)
    (local $end i32)
    ;; a larger size would wrap around below
    (if (i32.gt_u (local.get $size) (i32.const 0x100000))
      (then (return (i32.const 0)))
    )
    (local.set $start (global.get $next))
    (local.set $end (i32.add (local.get $start) (local.get $size)))
    (block $fits
      (loop $again
        (br_if $fits
          (i32.le_u (local.get $end) (i32.mul (memory.size) (i32.const 65536)))
        )
        (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1))
          (then (return (i32.const 0)))
        )
        (br $again)
      )
    )
    (local.get $start)
  )

  (func (export "reset")
    (global.set $next (i32.const 1024))
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
