# greet.wasm with the package wasmer 1.1 (Python 3.7 to 3.10).
# pip install wasmer wasmer_compiler_cranelift
from wasmer import Instance, Module, Store, engine, wasi
from wasmer_compiler_cranelift import Compiler

store = Store(engine.JIT(Compiler))
with open("greet.wasm", "rb") as file:
    module = Module(store, file.read())
version = wasi.get_version(module, strict=True)
environment = (
    wasi.StateBuilder("program")
    .finalize()
)
instance = Instance(module, environment.generate_import_object(store, version))
instance.exports._start()
