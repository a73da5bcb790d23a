;; title: Bytes from the start
;; group: Memory
;; order: 3
;; kind: task
;; needs: memory
;; minutes: 5
;; look: A data segment fills a part of the memory when the instance is made. Its escapes are hexadecimal.
;; goal: Let the memory hold the first eight primes from address 64 on, one byte each.
;; hint: Call `prime` with `4`. The result is 17 and should be 11. In which base is 17 written as 11?
;; hint: Two digits behind the backslash are hexadecimal: 11 is `0b`, 13 is `0d`.
;; hint: 17 is `11` and 19 is `13` in hexadecimal: the last four bytes are `\0b\0d\11\13`.
;; expect: prime 0 -> 2
;; expect: prime 3 -> 7
;; expect: prime 4 -> 11
;; expect: prime 5 -> 13
;; expect: prime 7 -> 19
;; expect: memory 0x40 = 02 03 05 07 0b 0d 11 13
;; expect: memory 0x48 = 00 00 00 00

(module
  (memory (export "mem") 1)
  (data (i32.const 64) "\02\03\05\07\11\13\17\19") ;; 2 3 5 7 11 13 17 19

  (func (export "prime") (param $index i32) (result i32)
    (i32.load8_u (i32.add (i32.const 64) (local.get $index)))
  )
)
