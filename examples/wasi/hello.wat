;; title: Hello, WASI
;; group: WASI
;; order: 1
;; minutes: 5
;; needs: imports
;; look: A module can only compute. To write a line it imports fd_write from the system interface, and gives it the address of a list of pieces of text.
;; look: _start is where a program begins; Run calls it, and the text appears in the console.
;; hint: The host does not look for the end of a text. It writes as many bytes as the entry says.
;; hint: Count five letters from address 16 on. Where is the line break, `\n`, in the data segment?
;; hint: The five bytes are `Hello`. The line break is byte 24, so it is not written, and the next text of the console would follow in the same line.
;; expect: stdout: Hello from WebAssembly!\n

(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "Hello from WebAssembly!\n")

  (func (export "_start")
    ;; one piece: its address at 0, its length at 4
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (i32.const 24))
    (drop
      (call $fd_write
        (i32.const 1) ;; standard output
        (i32.const 0) ;; the list of pieces
        (i32.const 1) ;; how many there are
        (i32.const 8) ;; where the number of bytes written goes
      )
    )
  )
)
