wasmtime run greet.wasm
