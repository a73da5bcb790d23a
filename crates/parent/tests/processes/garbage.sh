#!/bin/sh
# Writes text that is not a frame.
echo "Hello, I am a library that prints to standard output."
exec cat >/dev/null
