;; title: Memory from outside
;; group: Imports
;; order: 5
;; kind: task
;; minutes: 8
;; needs: import_global
;; look: This text is complete. The task is its import object: a memory with something in it.
;; goal: In the panel Imports, provide env.memory: two pages, at most four, with the text "Moin" at byte 16.
;; hint: Open the panel Imports. Choose New memory as the provider of env.memory; the fields for its sizes appear.
;; hint: The import asks for two pages or more, and for a maximum of four or less.
;; hint: Below "Begins with", press Text: At byte is 16, Text is Moin. Then press Run.
;; expect: pages -> 2
;; expect: length -> 4
;; expect: letter 0 -> 77
;; expect: letter 3 -> 110
;; expect: memory 0x10 = 4d 6f 69 6e 00
;; expect: louder ->
;; expect: memory 0x10 = 4d 4f 49 4e 00
;; expect: more 2 -> 2
;; expect: more 1 -> -1

(module
  (import "env" "memory" (memory $mem 2 4))
  (export "mem" (memory $mem))

  ;; the bytes from 16 on, up to a zero
  (func $length (export "length") (result i32)
    (local $count i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (i32.load8_u offset=16 (local.get $count))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $next)
      )
    )
    (local.get $count)
  )

  (func (export "letter") (param $index i32) (result i32)
    (i32.load8_u offset=16 (local.get $index))
  )

  ;; makes small letters capital ones
  (func (export "louder")
    (local $at i32)
    (local $letter i32)
    (loop $next
      (local.set $letter (i32.load8_u offset=16 (local.get $at)))
      (if (i32.lt_u (i32.sub (local.get $letter) (i32.const 97)) (i32.const 26))
        (then
          (i32.store8 offset=16 (local.get $at) (i32.sub (local.get $letter) (i32.const 32)))
        )
      )
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (call $length)))
    )
  )

  (func (export "pages") (result i32)
    memory.size
  )

  (func (export "more") (param $pages i32) (result i32)
    (memory.grow (local.get $pages))
  )
)
