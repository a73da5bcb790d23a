;; title: For ever
;; group: Machine
;; order: 6
;; minutes: 5
;; needs: globals
;; look: Call spin, then press Stop: the loop is interrupted where it stands, and the instance is still there; turns can be called.
;; look: The count of turns differs by compiler: an optimising one may keep it in a register and never store it.
;; look: A tab also has a limit for the time of one call, in its settings.
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
