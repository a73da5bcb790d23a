# Instantiates odd_names.wasm with its import object. pip install wasmer wasmer-compiler-cranelift
import itertools
import struct
import sys
import time

from wasmer import (
    Function, FunctionType, Global, ImportObject, Instance, Memory, MemoryType, Module, Store,
    Type, Value,
)

store = Store()
module = Module(store, open("odd_names.wasm", "rb").read())
import_object = ImportObject()


def import_object_():
    return None


def import_self(p0):
    # `import.self` is reading a string; here it returns zeros: write its body in Python.
    return None

import_object.register("import", {
    "object": Function(store, import_object_, FunctionType([], [])),
    "self": Function(store, import_self, FunctionType([Type.I32], [])),
})


def env_a_b():
    return None


def env_a_b__(p0):
    # `env.a b" ` is JavaScript; here it returns zeros: write its body in Python.
    return 0

# `env.__proto__` is an export of another module, which this program does not have.

env_____ = Global(store, Value.i32(1), mutable=False)

import_object.register("env", {
    "a-b": Function(store, env_a_b, FunctionType([], [])),
    "a\nb\"\\": Function(store, env_a_b__, FunctionType([Type.I32], [Type.I32])),
    "\u202e\u2028ü\u0007": env_____,
})


def _1_x():
    sys.exit(-1)

import_object.register("1", {
    "x": Function(store, _1_x, FunctionType([], [])),
})


def __():
    raise RuntimeError("\u202e".format())

import_object.register("", {
    "": Function(store, __, FunctionType([], [])),
})

import_object.register("wasi_snapshot_preview1", {
})

instance = Instance(module, import_object)
for name, _ in instance.exports:
    print(name)
