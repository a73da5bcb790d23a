#!/bin/sh
# Reads a little, says why on standard error, and dies.
dd bs=1 count=1 >/dev/null 2>&1
echo "I am dying of a test" >&2
exit 3
