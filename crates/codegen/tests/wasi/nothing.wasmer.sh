wasmer run greet.wasm
