;; Names that are no names in a language, or the same name in it, and imports that nothing is given for.
(module
  (import "import" "object" (func))
  (import "env" "a-b" (func))
  (import "env" "a_b" (func))
  (import "env" "a\nb\"\\" (func (param i32) (result i32)))
  (import "1" "x" (func))
  (import "" "" (func))
  (import "env" "__proto__" (func (result i32)))
  (import "env" "\u{202e}\u{2028}ü\07" (global i32))
  (import "import" "self" (func (param i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (import "env" "forgotten" (memory 1)))
