;; title: Code for another processor
;; group: Machine
;; order: 3
;; kind: task
;; minutes: 6
;; needs: engines
;; look: The compilers can make code for machines that are not here. The text below stays as it is.
;; goal: In the panel Target, choose a 64-bit RISC-V machine with Linux, and press Build.
;; hint: Open the panel Target. The field Target triple searches while you type.
;; hint: Type riscv, and choose riscv64gc-unknown-linux-gnu.
;; hint: The button Run is called Build now. Press it, then Check. If Build is not possible, choose the engine JIT.
;; solution: target riscv64gc-unknown-linux-gnu
;; expect: target riscv64gc-unknown-linux-gnu

(module
  (func (export "greatest_divisor") (param $a i64) (param $b i64) (result i64)
    (local $rest i64)
    (block $done
      (loop $next
        (br_if $done (i64.eq (local.get $b) (i64.const 0)))
        (local.set $rest (i64.rem_u (local.get $a) (local.get $b)))
        (local.set $a (local.get $b))
        (local.set $b (local.get $rest))
        (br $next)
      )
    )
    (local.get $a)
  )
)
