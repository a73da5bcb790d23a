// Instantiates odd_names.wasm with its import object.
import { readFile } from 'node:fs/promises';

// 1 "odd".wasm is instantiated without imports; give it its own import object.
const { instance: _1__odd__wasm } = await WebAssembly.instantiate(await readFile("1 \"odd\".wasm"), {});
let instance;
const env_____ = new WebAssembly.Global({ value: 'i32', mutable: false }, 1);

const imports = {
  "import": {
    "object": () => {},
    "self": (p0) => {
      const bytes = new Uint8Array(Object.values(instance?.exports ?? {}).find((item) => item instanceof WebAssembly.Memory).buffer);
      const at = Number(p0) >>> 0;
      const end = bytes.indexOf(0, at);
      process.stdout.write(new TextDecoder().decode(bytes.slice(at, end)) + '\n');
      return undefined;
    },
  },
  "env": {
    "a-b": () => {},
    // `env.a b" ` is the tab's own JavaScript; `memory`, `globals` and `exports` in it are Watshop's.
    "a\nb\"\\": (function (x) {
  return x;
}
    ),
    ["__proto__"]: _1__odd__wasm.exports["__proto__"],
    "\u202e\u2028ü\u0007": env_____,
  },
  "1": {
    "x": () => process.exit(-1),
  },
  "": {
    "": () => { throw new WebAssembly.RuntimeError(`\u202e`); },
  },
  "wasi_snapshot_preview1": {
  },
};

({ instance } = await WebAssembly.instantiate(await readFile("odd_names.wasm"), imports));
console.log(Object.keys(instance.exports));
