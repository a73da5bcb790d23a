;; title: Types are compared by shape
;; group: Tables
;; order: 2
;; kind: quiz
;; minutes: 4
;; needs: table
;; look: The call names the type $change, and the function in the table was declared with the type $measure.
;; question: How does the call of `run` with 0 and 20 end? Write its result, or the kind of the trap.
;; answer: 40
;; hint: A name such as $change is only a label. The binary does not contain it.
;; hint: Compare the parameters and the results of both types.
;; hint: $change and $measure are both (param i32) (result i32). So number 0 can be called, and $double does the rest.
;; expect: run 0 20 -> 40
;; expect: trap indirect_call_type_mismatch: run 1 20
;; expect: trap indirect_call_type_mismatch: run 2 20
;; expect: trap null_reference: run 3 20

(module
  (type $change (func (param i32) (result i32)))
  (type $measure (func (param i32) (result i32)))
  (type $wide (func (param i64) (result i32)))
  (type $quiet (func (param i32)))
  (table 4 funcref)
  (elem (i32.const 0) $double $low $forget) ;; number 3 stays empty

  (func $double (type $measure)
    (i32.mul (local.get 0) (i32.const 2))
  )

  (func $low (type $wide)
    (i32.wrap_i64 (local.get 0))
  )

  (func $forget (type $quiet))

  (func (export "run") (param $which i32) (param $number i32) (result i32)
    (call_indirect (type $change) (local.get $number) (local.get $which))
  )
)
