printf %s 'one
two
' | wasmer run --env LANG=en_GB --env 'SAY=$HOME "x"' --volume '/my data:/data' --volume ./s:/s --volume ./f:/f --cwd /data greet.wasm -- -n 'a b' 'it'\''s' '' 'grün'
