;; title: More pages
;; group: Memory
;; order: 7
;; kind: task
;; needs: memory if_else
;; minutes: 7
;; look: `memory.grow` gives the size before, or −1 if there is no room. It never traps, so its result must be read.
;; goal: Let `reserve` give 1 only if the memory has the pages in the end, and let it never grow more than needed.
;; hint: `memory.grow` gives −1 if it fails. At present `drop` throws that away.
;; hint: If the memory is large enough already, return 1 and do not grow it.
;; hint: Grow by the wanted pages less `memory.size`, and return `(i32.ne (memory.grow …) (i32.const -1))`.
;; must: not contain drop
;; expect: pages -> 1
;; expect: reserve 1 -> 1
;; expect: pages -> 1
;; expect: reserve 2 -> 1
;; expect: pages -> 2
;; expect: reserve 4 -> 0
;; expect: pages -> 2
;; expect: reserve 0 -> 1
;; expect: pages -> 2
;; expect: reserve 3 -> 1
;; expect: pages -> 3
;; expect: reserve -1 -> 0
;; expect: pages -> 3

(module
  (memory (export "mem") 1 3)

  ;; 1 if the memory has at least this number of pages afterwards
  (func (export "reserve") (param $pages i32) (result i32)
    (drop (memory.grow (local.get $pages)))
    (i32.const 1)
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
