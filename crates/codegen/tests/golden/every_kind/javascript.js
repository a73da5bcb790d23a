// Instantiates every_kind.wasm with its import object.
import { readFile } from 'node:fs/promises';

// lib.wasm is instantiated without imports; give it its own import object.
const { instance: lib_wasm } = await WebAssembly.instantiate(await readFile("lib.wasm"), {});
let instance;
const env_memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
new Uint8Array(env_memory.buffer).set([103, 114, 195, 188, 195, 159, 101], 3);
new Uint8Array(env_memory.buffer).set([255, 1], 40);
const env_functions = new WebAssembly.Table({ initial: 4, maximum: 5, element: 'anyfunc' });
const env_objects = new WebAssembly.Table({ initial: 1, element: 'externref' });
const env_limit = new WebAssembly.Global({ value: 'i32', mutable: false }, -2147483648);
const env_wide = new WebAssembly.Global({ value: 'i64', mutable: true }, 9007199254740993n);
const env_oops = new WebAssembly.Tag({ parameters: ['i32', 'i64'] });

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
    "value": () => [-1, -9007199254740993n, 1.5, -Infinity],
    "zero": () => 0.0,
    "nothing": () => {},
    "log": (p0, p1, p2, p3) => { process.stdout.write(`0x${(p0 >>> 0).toString(16)} 0b${(p0 >>> 0).toString(2)} ${(p0 >>> 0)} i32 ${p0} ${p0} 0x${BigInt.asUintN(64, p1).toString(16)} 0b${BigInt.asUintN(64, p1).toString(2)} ${BigInt.asUintN(64, p1)} i64 ${p1} ${p2} 0x${new Uint32Array(new Float32Array([p2]).buffer)[0].toString(16)} ${p3} 0b${new BigUint64Array(new Float64Array([p3]).buffer)[0].toString(2)} "{}" 100% \`\$ ??/ \\ ü\n`); return undefined; },
    "letters": (p0, p1, p2) => { process.stdout.write(`${0 <= p0 && p0 < 0x110000 ? String.fromCodePoint(Number(p0)) : '\ufffd'}${0 <= p1 && p1 < 0x110000 ? String.fromCodePoint(Number(p1)) : '\ufffd'}${0 <= p2 && p2 < 0x110000 ? String.fromCodePoint(Number(p2)) : '\ufffd'}\n`); return 7n; },
    "warn": (p0, p1) => { process.stderr.write(`${p0}\t${p1}\n`); return undefined; },
    "text": (p0, p1) => {
      const bytes = new Uint8Array(imports["env"]["memory"].buffer);
      const at = Number(p0) >>> 0;
      const end = at + Number(p1);
      process.stdout.write(new TextDecoder().decode(bytes.slice(at, end)) + '\n');
      return 9;
    },
    "text_to_nul": (p0) => {
      const bytes = new Uint8Array((Object.values(instance?.exports ?? {}).find((item) => item instanceof WebAssembly.Memory) ?? imports["env"]["memory"]).buffer);
      const at = Number(p0) >>> 0;
      const end = bytes.indexOf(0, at);
      process.stderr.write(new TextDecoder().decode(bytes.slice(at, end)));
      return undefined;
    },
    "text_of_export": (p0, p1) => {
      const bytes = new Uint8Array(instance.exports["heap"].buffer);
      const at = Number(p1) >>> 0;
      const end = at + Number(p0);
      process.stdout.write(new TextDecoder().decode(bytes.slice(at, end)) + '\n');
      return undefined;
    },
    "count": ((n) => () => 5n + -2n * BigInt(n++))(0),
    "time": () => (performance.timeOrigin + performance.now()) / 1e3,
    "ticks": () => [BigInt(Math.floor((performance.now()) * 1e6)), 0],
    "random": ((next) => () => [Number(next() >> 32n) | 0, BigInt.asIntN(64, next()), Number(next() >> 40n) / 2 ** 24, Number(next() >> 11n) / 2 ** 53])(splitmix64(1n)),
    "leave": (p0, p1) => process.exit(Number(p1)),
    "leave_narrow": (p0) => process.exit(Number(p0)),
    "stop": () => process.exit(3),
    "fail": (p0) => { throw new WebAssembly.RuntimeError(`no "${p0}" today`); },
    // `env.sum` is the tab's own JavaScript; `memory`, `globals` and `exports` in it are Watshop's.
    "sum": ((x, y) => x + y // numbers
    ),
    "memory": env_memory,
    "functions": env_functions,
    "objects": env_objects,
    "limit": env_limit,
    "wide": env_wide,
    "oops": env_oops,
  },
  "lib": {
    "twice": lib_wasm.exports["twice"],
  },
};

({ instance } = await WebAssembly.instantiate(await readFile("every_kind.wasm"), imports));
console.log(Object.keys(instance.exports));
