# Instantiates no_functions.wasm with its import object. pip install wasmer wasmer-compiler-cranelift
import itertools
import struct
import sys
import time

from wasmer import (
    Function, FunctionType, Global, ImportObject, Instance, Memory, MemoryType, Module, Store,
    Type, Value,
)

store = Store()
module = Module(store, open("no_functions.wasm", "rb").read())
import_object = ImportObject()

env_memory = Memory(store, MemoryType(1, None, shared=False))

env_limit = Global(store, Value.i32(3), mutable=False)

import_object.register("env", {
    "memory": env_memory,
    "limit": env_limit,
})

instance = Instance(module, import_object)
for name, _ in instance.exports:
    print(name)
