#!/bin/sh
# Neither reads nor ends by itself.
exec sleep 1000
