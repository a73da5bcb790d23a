;; title: A file, bit by bit
;; group: WASI
;; order: 5
;; kind: task
;; minutes: 10
;; needs: pieces
;; look: A program reaches only the folders that it was given. This one has a folder with one file.
;; goal: The whole file is printed, however long it is, through a buffer of 16 bytes.
;; hint: fd_read fills the buffer once. The rest of the file needs more calls: put a loop around reading and writing.
;; hint: The number of bytes that were read is at address 24. At the end of the file it is 0.
;; hint: In the loop: read, leave if the number at 24 is 0, store it as the length at 12, write, and go on.
;; file: data/poem.txt = The kettle hums,\nthe window is grey,\nand nothing hurries\non this day.\n
;; expect: stdout: The kettle hums,\nthe window is grey,\nand nothing hurries\non this day.\n

(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32))
  )
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "poem.txt")

  (func (export "_start")
    (local $file i32)
    (local.set $file (call $open))
    ;; the list for reading and writing: the buffer at 128, 16 bytes
    (i32.store (i32.const 8) (i32.const 128))
    (i32.store (i32.const 12) (i32.const 16))
    (call $check
      (call $fd_read (local.get $file) (i32.const 8) (i32.const 1) (i32.const 24))
    )
    (i32.store (i32.const 12) (i32.load (i32.const 24)))
    (call $check
      (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 28))
    )
  )

  ;; opens the file in the first folder, which has the descriptor 3
  (func $open (result i32)
    (call $check
      (call $path_open
        (i32.const 3) ;; the folder
        (i32.const 0)
        (i32.const 64) ;; the name
        (i32.const 8) ;; and its length
        (i32.const 0) ;; it must exist
        (i64.const 2) ;; to be read
        (i64.const 0)
        (i32.const 0)
        (i32.const 0) ;; where the new descriptor goes
      )
    )
    (i32.load (i32.const 0))
  )

  ;; anything but 0 is an error, and the program exits with it
  (func $check (param $error i32)
    (if (local.get $error)
      (then (call $proc_exit (local.get $error)))
    )
  )
)
