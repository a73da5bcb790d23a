printf %s 'one
two
' | watshop run greet.wasm --env LANG=en_GB --env 'SAY=$HOME "x"' --env NONE= --dir-read-only '/my data::/data' --dir ./s::/s --dir ./f::/f --cwd /data --frozen-clock=1767225600 --seed 7 --wasi-rule fd_write@out+3=deny:NOSPC --trace-wasi -- -n 'a b' 'it'\''s' '' 'grün'
