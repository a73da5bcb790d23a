;; title: Arguments
;; group: WASI
;; order: 3
;; minutes: 6
;; needs: hello
;; look: The program prints its arguments, one on each line. Change them in the panel WASI and run it again.
;; look: It speaks snapshot 0, the first WASI, which programs of 2019 still ask for: the module is called wasi_unstable there.
;; hint: No shell takes part when the program runs, so nothing splits an argument at its blanks.
;; hint: An argument is a text up to its zero byte. The empty one has only the zero byte, so its length is 0.
;; hint: `$print_line` writes the text and a line break for every argument. So there are two lines, and the second one has no letters.
;; arguments: tea coffee milk
;; expect: stdout: tea\ncoffee\nmilk\n

(module
  (import "wasi_unstable" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_unstable" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_unstable" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_unstable" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (global $count i32 (i32.const 0)) ;; how many arguments
  (global $size i32 (i32.const 4)) ;; how many bytes they take
  (global $pieces i32 (i32.const 8)) ;; address and length of what is written
  (global $written i32 (i32.const 24))
  (global $list i32 (i32.const 1024)) ;; the address of each argument
  (data (i32.const 32) "\n")

  (func (export "_start")
    (local $at i32)
    (local $end i32)
    (call $check (call $args_sizes_get (global.get $count) (global.get $size)))
    (local.set $end
      (i32.add (global.get $list) (i32.mul (i32.load (global.get $count)) (i32.const 4)))
    )
    (if (i32.gt_u (i32.add (local.get $end) (i32.load (global.get $size))) (i32.const 65536))
      (then (call $proc_exit (i32.const 2))) ;; more than the memory holds
    )
    ;; the texts themselves come after the list
    (call $check (call $args_get (global.get $list) (local.get $end)))
    (local.set $at (global.get $list))
    (block $done
      (loop $next
        (local.set $at (i32.add (local.get $at) (i32.const 4))) ;; the first is the program's name
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (call $print_line (i32.load (local.get $at)))
        (br $next)
      )
    )
  )

  ;; a text that ends with a zero, and a line break
  (func $print_line (param $text i32)
    (local $end i32)
    (local.set $end (local.get $text))
    (block $found
      (loop $search
        (br_if $found (i32.eqz (i32.load8_u (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $search)
      )
    )
    (i32.store (global.get $pieces) (local.get $text))
    (i32.store offset=4 (global.get $pieces) (i32.sub (local.get $end) (local.get $text)))
    (i32.store offset=8 (global.get $pieces) (i32.const 32))
    (i32.store offset=12 (global.get $pieces) (i32.const 1))
    (call $check
      (call $fd_write (i32.const 1) (global.get $pieces) (i32.const 2) (global.get $written))
    )
  )

  ;; anything but 0 is an error, and the program exits with it
  (func $check (param $error i32)
    (if (local.get $error)
      (then (call $proc_exit (local.get $error)))
    )
  )
)
