;; title: A table of functions
;; group: Tables
;; order: 1
;; minutes: 5
;; look: call_indirect takes the function from a table, by a number that is known only when it runs: this is how a function pointer works.
;; look: It checks three things, and each has a trap: the index, that there is a function, and that the function has the type asked for.
;; hint: Three questions are asked, in this order: is the number inside the table, is there a function, and has it the type of the call? Find the one that goes wrong for 3, for 4 and for 5.
;; hint: The table has five places, 0 to 4. The `elem` segment fills the first four. Compare the parameters of each function with `$operation`.
;; hint: 3 has a function with another type: `indirect_call_type_mismatch`. 4 is empty: `null_reference`. 5 is outside: `out_of_bounds_table_access`.
;; expect: apply 0 20 22 -> 42
;; expect: apply 1 20 22 -> -2
;; expect: apply 2 6 7 -> 42
;; expect: trap indirect_call_type_mismatch: apply 3 1 2
;; expect: trap null_reference: apply 4 1 2
;; expect: trap out_of_bounds_table_access: apply 5 1 2

(module
  (type $operation (func (param i32 i32) (result i32)))
  (table (export "operations") 5 funcref)
  (elem (i32.const 0) $add $subtract $multiply $negate) ;; number 4 stays empty

  (func $add (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1))
  )

  (func $subtract (param i32 i32) (result i32)
    (i32.sub (local.get 0) (local.get 1))
  )

  (func $multiply (param i32 i32) (result i32)
    (i32.mul (local.get 0) (local.get 1))
  )

  ;; one parameter only: not an $operation
  (func $negate (param i32) (result i32)
    (i32.sub (i32.const 0) (local.get 0))
  )

  (func (export "apply") (param $which i32) (param $a i32) (param $b i32) (result i32)
    (call_indirect (type $operation) (local.get $a) (local.get $b) (local.get $which))
  )
)
