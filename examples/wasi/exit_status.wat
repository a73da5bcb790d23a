;; title: Input, output, status
;; group: WASI
;; order: 8
;; kind: task
;; minutes: 10
;; needs: read_file
;; look: Standard input is descriptor 0. This tab gives a text as input: three lines.
;; goal: The program copies its input to its output, and exits with the number of lines as its status.
;; hint: Copying works, and the status is always 0. Count the line breaks in the buffer after each read.
;; hint: The bytes are at 128, as many as the number at 24. A line break is 10.
;; hint: Go through the buffer with an index, add 1 to $lines for each 10, and call proc_exit with $lines at the end.
;; set: stdin one\ntwo two\nthree three three\n
;; expect: stdout: one\ntwo two\nthree three three\n
;; expect: exit 3

(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)

  (func (export "_start")
    (local $lines i32)
    (i32.store (i32.const 8) (i32.const 128)) ;; the buffer
    (block $end
      (loop $next
        (i32.store (i32.const 12) (i32.const 16)) ;; and its size
        (drop (call $fd_read (i32.const 0) (i32.const 8) (i32.const 1) (i32.const 24)))
        (br_if $end (i32.eq (i32.load (i32.const 24)) (i32.const 0)))
        ;; count the line breaks here
        (i32.store (i32.const 12) (i32.load (i32.const 24)))
        (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 28)))
        (br $next)
      )
    )
    (call $proc_exit (local.get $lines))
  )
)
