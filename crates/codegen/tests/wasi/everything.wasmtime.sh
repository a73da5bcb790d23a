printf %s 'one
two
' | wasmtime run --argv0 greet --env LANG=en_GB --env 'SAY=$HOME "x"' --env NONE= --env PWD=/data --dir '/my data::/data' --dir ./s::/s --dir ./f::/f greet.wasm -n 'a b' 'it'\''s' '' 'grün'
