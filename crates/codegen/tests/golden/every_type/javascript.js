// Instantiates every_type.wasm with its import object.
import { readFile } from 'node:fs/promises';

let instance;
const env_none = new WebAssembly.Global({ value: 'f32', mutable: false }, NaN);
const env_infinite = new WebAssembly.Global({ value: 'f64', mutable: false }, -Infinity);
const env_least = new WebAssembly.Global({ value: 'f64', mutable: true }, -0.0);
// `env.lanes` is zero: JavaScript has no values of v128.
const env_lanes = new WebAssembly.Global({ value: 'v128', mutable: false });
const env_object = new WebAssembly.Global({ value: 'externref', mutable: false }, null);
const env_function = new WebAssembly.Global({ value: 'anyfunc', mutable: true }, null);
const env_shared = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });

function splitmix64(state) {
  const mixed = (z, shift, factor) => BigInt.asUintN(64, (z ^ (z >> shift)) * factor);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    const z = mixed(mixed(state, 30n, 0xbf58476d1ce4e5b9n), 27n, 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}

const imports = {
  "env": {
    "all": () => [1, 2n, NaN, Infinity, null, null, null],
    "all_random": ((next) => () => [Number(next() >> 32n) | 0, BigInt.asIntN(64, next()), Number(next() >> 40n) / 2 ** 24, Number(next() >> 11n) / 2 ** 53, null, null, null])(splitmix64(18446744073709551615n)),
    "random": ((next) => () => Number(next() >> 40n) / 2 ** 24)(splitmix64(7n)),
    "count_i32": ((n) => () => -1 + 2147483647 * n++)(0),
    "count_i64": ((n) => () => [9223372036854775807n + 1n * BigInt(n++), 0])(0),
    "count_f32": ((n) => () => 0.5 + -0.0 * n++)(0),
    "count_f64": ((n) => () => 0.0 + 0.1 * n++)(0),
    "time_i32": () => (performance.timeOrigin + performance.now()) / 1e3,
    "time_i64": () => BigInt(Math.floor((performance.timeOrigin + performance.now()))),
    "time_f32": () => [(performance.now()) * 1e3, null],
    "time_f64": () => (performance.now()) * 1e6,
    "shown": (p0, p1, p2, p3) => { process.stdout.write(`${p0}, ${p1}, ${p2}, ${p3}\n`); return undefined; },
    "none": env_none,
    "infinite": env_infinite,
    "least": env_least,
    "lanes": env_lanes,
    "object": env_object,
    "function": env_function,
    "shared": env_shared,
  },
};

({ instance } = await WebAssembly.instantiate(await readFile("every_type.wasm"), imports));
console.log(Object.keys(instance.exports));
