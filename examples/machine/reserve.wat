;; title: When memory runs out
;; group: Machine
;; order: 7
;; kind: task
;; minutes: 7
;; needs: spin
;; look: This tab allows three pages, although the module names no maximum. `memory.grow` then says no by -1.
;; goal: reserve gets as many pages as it can: the wanted number, or half of it, and so on. It returns how many it got.
;; hint: Call reserve with 8. It says 8, but pages is still 1: the result of `memory.grow` was thrown away.
;; hint: If `memory.grow` gives -1, divide $wanted by 2 and try again.
;; hint: A loop: leave with $wanted if it grew; otherwise halve, and go on while $wanted is not 0. At the end return 0.
;; set: memory_pages 3
;; expect: pages -> 1
;; expect: reserve 8 -> 2
;; expect: pages -> 3
;; expect: reserve 1 -> 0
;; expect: reserve 0 -> 0
;; expect: reserve -1 -> 0
;; expect: pages -> 3

(module
  (memory (export "mem") 1)

  (func (export "reserve") (param $wanted i32) (result i32)
    (drop (memory.grow (local.get $wanted)))
    (local.get $wanted)
  )

  (func (export "pages") (result i32)
    memory.size
  )
)
