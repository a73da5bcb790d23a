#!/bin/sh
# Writes what is no frame.
echo "Hello, I am a library that prints to standard output."
exec cat >/dev/null
