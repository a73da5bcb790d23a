;; title: A switch
;; group: Control
;; order: 5
;; kind: task
;; needs: nested_labels
;; minutes: 8
;; look: `br_table` chooses a label by a number. Its last label is for every number that is too large.
;; goal: Let `price` give 3, 5 and 8 for the kinds 0, 1 and 2, and 0 for every other kind.
;; hint: With three labels, 0 goes to the first, 1 to the second, and all others to the third. So 3 costs 8 too.
;; hint: A fourth label is needed for kinds that do not exist. A block is there already for which no price is set behind it.
;; hint: Add `$unknown` as the last label of `br_table`.
;; must: contain br_table
;; must: not contain if
;; expect: price 0 -> 3
;; expect: price 1 -> 5
;; expect: price 2 -> 8
;; expect: price 3 -> 0
;; expect: price 1000 -> 0
;; expect: price -1 -> 0
;; expect: same 100: price -3..8

(module
  ;; the price of a ticket: 0 is for a child, 1 for an adult, 2 for a group
  (func (export "price") (param $kind i32) (result i32)
    (local $price i32)
    (block $unknown
      (block $group
        (block $adult
          (block $child
            (br_table $child $adult $group (local.get $kind))
          )
          (local.set $price (i32.const 3))
          (br $unknown)
        )
        (local.set $price (i32.const 5))
        (br $unknown)
      )
      (local.set $price (i32.const 8))
    )
    (local.get $price)
  )
)
