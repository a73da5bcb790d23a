;; title: For ever
;; group: Machine
;; order: 6
;; minutes: 5
;; needs: globals
;; look: Call spin, then press Stop: the loop is interrupted where it stands, and the instance is still there; turns can be called.
;; look: The count of turns differs by compiler: faster code turns more often in the same time.
;; look: A tab also has a limit for the time of one call, in its settings.
;; hint: A call that is stopped ends like one that traps. Is anything undone then?
;; hint: Nothing is undone. `global.set` writes the number in every turn, and a global lives as long as the instance.
;; hint: So `turns` gives the count of turns, not 0. Optimised code has fewer instructions in a turn: in the same time LLVM and Cranelift come to a few times as many turns as Singlepass.
;; expect: turns -> 0
;; expect: error call_time: spin

(module
  (global $turns (export "count") (mut i64) (i64.const 0))

  (func (export "spin")
    (loop $forever
      (global.set $turns (i64.add (global.get $turns) (i64.const 1)))
      (br $forever)
    )
  )

  (func (export "turns") (result i64)
    (global.get $turns)
  )
)
