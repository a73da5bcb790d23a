# greet.wasm with the package wasmer 1.1 (Python 3.7 to 3.10).
# pip install wasmer wasmer_compiler_cranelift
from wasmer import Instance, Module, Store, engine, wasi
from wasmer_compiler_cranelift import Compiler

store = Store(engine.JIT(Compiler))
with open("greet.wasm", "rb") as file:
    module = Module(store, file.read())
version = wasi.get_version(module, strict=True)
environment = (
    wasi.StateBuilder("greet")
    .argument("-n")
    .argument("a b")
    .argument("it's")
    .argument("")
    .argument("grün")
    .environment("LANG", "en_GB")
    .environment("SAY", "$HOME \"x\"")
    .environment("NONE", "")
    .environment("PWD", "/data")
    .map_directory("/data", "/my data")
    .map_directory("/s", "./s")
    .map_directory("/f", "./f")
    .finalize()
)
instance = Instance(module, environment.generate_import_object(store, version))
instance.exports._start()
