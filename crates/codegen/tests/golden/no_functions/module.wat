;; A program without functions of the host.
(module
  (import "env" "memory" (memory 1))
  (import "env" "limit" (global i32)))
