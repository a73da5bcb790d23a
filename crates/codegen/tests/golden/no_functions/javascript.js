// Instantiates no_functions.wasm with its import object.
import { readFile } from 'node:fs/promises';

let instance;
const env_memory = new WebAssembly.Memory({ initial: 1 });
const env_limit = new WebAssembly.Global({ value: 'i32', mutable: false }, 3);

const imports = {
  "env": {
    "memory": env_memory,
    "limit": env_limit,
  },
};

({ instance } = await WebAssembly.instantiate(await readFile("no_functions.wasm"), imports));
console.log(Object.keys(instance.exports));
