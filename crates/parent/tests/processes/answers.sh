#!/bin/sh
# Says the notice "ready" with one byte, waits for something to read, then answers request 1 with three bytes.
printf '\027\000\000\000\022\000\000\000{"notice":"ready"}x'
dd bs=1 count=1 >/dev/null 2>&1
body='{"answer":{"id":1,"result":{"Ok":"yes"}}}'
printf '\060\000\000\000\051\000\000\000%sabc' "$body"
exec cat >/dev/null
