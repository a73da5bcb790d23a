# Instantiates every_type.wasm with its import object. pip install wasmer wasmer-compiler-cranelift
import itertools
import struct
import sys
import time

from wasmer import (
    Function, FunctionType, Global, ImportObject, Instance, Memory, MemoryType, Module, Store,
    Type, Value,
)

store = Store()
module = Module(store, open("every_type.wasm", "rb").read())
import_object = ImportObject()


def signed(value, bits):
    return (value + (1 << bits - 1)) % (1 << bits) - (1 << bits - 1)


def splitmix64(state):
    while True:
        state = (state + 0x9e3779b97f4a7c15) % 2**64
        z = (state ^ state >> 30) * 0xbf58476d1ce4e5b9 % 2**64
        z = (z ^ z >> 27) * 0x94d049bb133111eb % 2**64
        yield z ^ z >> 31


def env_all():
    return (1, 2, float("NaN"), float("inf"), 316912650112397582603894390785, None, None)

env_all_random_state = splitmix64(18446744073709551615)


def env_all_random():
    return (signed(next(env_all_random_state) >> 32, 32), signed(next(env_all_random_state), 64), (next(env_all_random_state) >> 40) / 2**24, (next(env_all_random_state) >> 11) / 2**53, next(env_all_random_state) << 64 | next(env_all_random_state), None, None)

env_random_state = splitmix64(7)


def env_random():
    return (next(env_random_state) >> 40) / 2**24

env_count_i32_calls = itertools.count()


def env_count_i32(p0):
    n = next(env_count_i32_calls)
    return signed(-1 + 2147483647 * n, 32)

env_count_i64_calls = itertools.count()


def env_count_i64():
    n = next(env_count_i64_calls)
    return (signed(9223372036854775807 + 1 * n, 64), 0)

env_count_f32_calls = itertools.count()


def env_count_f32():
    n = next(env_count_f32_calls)
    return 0.5 + -0.0 * n

env_count_f64_calls = itertools.count()


def env_count_f64():
    n = next(env_count_f64_calls)
    return 0.0 + 0.1 * n


def env_time_i32():
    now = time.time_ns()
    return signed(now // 1_000_000_000, 32)


def env_time_i64():
    now = time.time_ns()
    return signed(now // 1_000_000, 64)

env_time_f32_began = time.monotonic_ns()


def env_time_f32():
    now = time.monotonic_ns() - env_time_f32_began
    return (now / 1_000, 0)

env_time_f64_began = time.monotonic_ns()


def env_time_f64():
    now = time.monotonic_ns() - env_time_f64_began
    return now / 1


def env_shown(p0, p1, p2, p3):
    sys.stdout.write("{:#034x}, {}, {}, {}\n".format(p0, p1, p2, p3))
    return None

env_none = Global(store, Value.f32(float("NaN")), mutable=False)

env_infinite = Global(store, Value.f64(float("-inf")), mutable=False)

env_least = Global(store, Value.f64(-0.0), mutable=True)

env_lanes = Global(store, Value.v128(316912650112397582603894390785), mutable=False)

# `env.object` is a global, and Python's wasmer has no values of references.

# `env.function` is a global, and Python's wasmer has no values of references.

env_shared = Memory(store, MemoryType(1, 2, shared=True))

import_object.register("env", {
    "all": Function(store, env_all, FunctionType([], [Type.I32, Type.I64, Type.F32, Type.F64, Type.V128, Type.FUNC_REF, Type.EXTERN_REF])),
    "all_random": Function(store, env_all_random, FunctionType([], [Type.I32, Type.I64, Type.F32, Type.F64, Type.V128, Type.FUNC_REF, Type.EXTERN_REF])),
    "random": Function(store, env_random, FunctionType([], [Type.F32])),
    "count_i32": Function(store, env_count_i32, FunctionType([Type.I32], [Type.I32])),
    "count_i64": Function(store, env_count_i64, FunctionType([], [Type.I64, Type.I32])),
    "count_f32": Function(store, env_count_f32, FunctionType([], [Type.F32])),
    "count_f64": Function(store, env_count_f64, FunctionType([], [Type.F64])),
    "time_i32": Function(store, env_time_i32, FunctionType([], [Type.I32])),
    "time_i64": Function(store, env_time_i64, FunctionType([], [Type.I64])),
    "time_f32": Function(store, env_time_f32, FunctionType([], [Type.F32, Type.V128])),
    "time_f64": Function(store, env_time_f64, FunctionType([], [Type.F64])),
    "shown": Function(store, env_shown, FunctionType([Type.V128, Type.EXTERN_REF, Type.F32, Type.F64], [])),
    "none": env_none,
    "infinite": env_infinite,
    "least": env_least,
    "lanes": env_lanes,
    "shared": env_shared,
})

instance = Instance(module, import_object)
for name, _ in instance.exports:
    print(name)
