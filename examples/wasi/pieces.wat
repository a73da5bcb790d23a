;; title: Text in pieces
;; group: WASI
;; order: 2
;; kind: task
;; minutes: 7
;; needs: hello
;; look: One call of fd_write can write several pieces of text, which may stand anywhere in memory.
;; goal: The program writes "Hello, Ada!" and a line break, with one call of fd_write for all three pieces.
;; hint: The list has one entry: the address 100 and the length 7. Two more entries belong behind it, at 8 and at 16.
;; hint: An entry has two numbers of four bytes. The name is at 200 and takes 3 bytes; the end is at 300 and takes 2.
;; hint: Store all six numbers, and change the count in the call to 3.
;; must: contain at most 1 call
;; expect: stdout: Hello, Ada!\n

(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "Hello, ")
  (data (i32.const 200) "Ada")
  (data (i32.const 300) "!\n")

  (func (export "_start")
    (i32.store (i32.const 0) (i32.const 100))
    (i32.store (i32.const 4) (i32.const 7))
    (drop
      (call $fd_write
        (i32.const 1) ;; standard output
        (i32.const 0) ;; the list of pieces
        (i32.const 1) ;; their number
        (i32.const 32) ;; where the number of bytes written goes
      )
    )
  )
)
