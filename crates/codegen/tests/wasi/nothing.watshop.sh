watshop run greet.wasm
