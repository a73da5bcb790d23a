# Instantiates every_kind.wasm with its import object. pip install wasmer wasmer-compiler-cranelift
import itertools
import struct
import sys
import time

from wasmer import (
    Function, FunctionType, Global, ImportObject, Instance, Memory, MemoryType, Module, Store,
    Type, Value,
)

store = Store()
module = Module(store, open("every_kind.wasm", "rb").read())
import_object = ImportObject()


def signed(value, bits):
    return (value + (1 << bits - 1)) % (1 << bits) - (1 << bits - 1)


def splitmix64(state):
    while True:
        state = (state + 0x9e3779b97f4a7c15) % 2**64
        z = (state ^ state >> 30) * 0xbf58476d1ce4e5b9 % 2**64
        z = (z ^ z >> 27) * 0x94d049bb133111eb % 2**64
        yield z ^ z >> 31


def env_value(p0):
    return (-1, -9007199254740993, 1.5, float("-inf"))


def env_zero():
    return 0.0


def env_nothing():
    return None


def env_log(p0, p1, p2, p3):
    sys.stdout.write("{:#x} {:#b} {} i32 {} {} {:#x} {:#b} {} i64 {} {} {:#x} {} {:#b} \"{{}}\" 100% `$ ??/ \\ ü\n".format(p0 & 0xffffffff, p0 & 0xffffffff, p0 & 0xffffffff, p0, p0, p1 & 0xffffffffffffffff, p1 & 0xffffffffffffffff, p1 & 0xffffffffffffffff, p1, p2, struct.unpack("<I", struct.pack("<f", p2))[0], p3, struct.unpack("<Q", struct.pack("<d", p3))[0]))
    return None


def env_letters(p0, p1, p2):
    sys.stdout.write("{}{}{}\n".format(chr(p0) if 0 <= p0 < 0xd800 or 0xdfff < p0 < 0x110000 else "\ufffd", chr(p1) if 0 <= p1 < 0xd800 or 0xdfff < p1 < 0x110000 else "\ufffd", chr(p2) if 0 <= p2 < 0xd800 or 0xdfff < p2 < 0x110000 else "\ufffd"))
    return 7


def env_warn(p0, p1):
    sys.stderr.write("{}\t{}\n".format(p0, p1))
    return None


def env_text(p0, p1):
    # `env.text` is reading a string; here it returns zeros: write its body in Python.
    return 9


def env_text_to_nul(p0):
    # `env.text_to_nul` is reading a string; here it returns zeros: write its body in Python.
    return None


def env_text_of_export(p0, p1):
    # `env.text_of_export` is reading a string; here it returns zeros: write its body in Python.
    return None

env_count_calls = itertools.count()


def env_count():
    n = next(env_count_calls)
    return signed(5 + -2 * n, 64)


def env_time():
    now = time.time_ns()
    return now / 1_000_000_000

env_ticks_began = time.monotonic_ns()


def env_ticks():
    now = time.monotonic_ns() - env_ticks_began
    return (signed(now // 1, 64), 0)

env_random_state = splitmix64(1)


def env_random():
    return (signed(next(env_random_state) >> 32, 32), signed(next(env_random_state), 64), (next(env_random_state) >> 40) / 2**24, (next(env_random_state) >> 11) / 2**53)


def env_leave(p0, p1):
    sys.exit(p1)


def env_leave_narrow(p0):
    sys.exit(p0)


def env_stop():
    sys.exit(3)


def env_fail(p0):
    raise RuntimeError("no \"{}\" today".format(p0))


def env_sum(p0, p1):
    # `env.sum` is JavaScript; here it returns zeros: write its body in Python.
    return 0

env_memory = Memory(store, MemoryType(1, 2, shared=False))
env_memory.uint8_view(3)[0:7] = [103, 114, 195, 188, 195, 159, 101]
env_memory.uint8_view(40)[0:2] = [255, 1]

# `env.functions` is a table, which Python's wasmer cannot make.

# `env.objects` is a table, which Python's wasmer cannot make.

env_limit = Global(store, Value.i32(-2147483648), mutable=False)

env_wide = Global(store, Value.i64(9007199254740993), mutable=True)

# `env.oops` is a tag, which Python's wasmer cannot make.

import_object.register("env", {
    "value": Function(store, env_value, FunctionType([Type.I32], [Type.I32, Type.I64, Type.F32, Type.F64])),
    "zero": Function(store, env_zero, FunctionType([], [Type.F64])),
    "nothing": Function(store, env_nothing, FunctionType([], [])),
    "log": Function(store, env_log, FunctionType([Type.I32, Type.I64, Type.F32, Type.F64], [])),
    "letters": Function(store, env_letters, FunctionType([Type.I32, Type.I64, Type.I32], [Type.I64])),
    "warn": Function(store, env_warn, FunctionType([Type.F64, Type.EXTERN_REF], [])),
    "text": Function(store, env_text, FunctionType([Type.I32, Type.I32], [Type.I32])),
    "text_to_nul": Function(store, env_text_to_nul, FunctionType([Type.I64], [])),
    "text_of_export": Function(store, env_text_of_export, FunctionType([Type.I32, Type.I32], [])),
    "count": Function(store, env_count, FunctionType([], [Type.I64])),
    "time": Function(store, env_time, FunctionType([], [Type.F64])),
    "ticks": Function(store, env_ticks, FunctionType([], [Type.I64, Type.I32])),
    "random": Function(store, env_random, FunctionType([], [Type.I32, Type.I64, Type.F32, Type.F64])),
    "leave": Function(store, env_leave, FunctionType([Type.I32, Type.I64], [])),
    "leave_narrow": Function(store, env_leave_narrow, FunctionType([Type.I32], [])),
    "stop": Function(store, env_stop, FunctionType([], [])),
    "fail": Function(store, env_fail, FunctionType([Type.I32], [Type.F32])),
    "sum": Function(store, env_sum, FunctionType([Type.I32, Type.I32], [Type.I32])),
    "memory": env_memory,
    "limit": env_limit,
    "wide": env_wide,
})

# `lib.twice` is an export of another module, which this program does not have.

import_object.register("lib", {
})

instance = Instance(module, import_object)
for name, _ in instance.exports:
    print(name)
