// greet.wasm with Wasmer 7.
// cargo add wasmer wasmer-wasix && cargo add tokio --features rt-multi-thread
use wasmer::{Module, Store};
use wasmer_wasix::{WasiEnv, WasiError, WasiRuntimeError};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let _entered = runtime.enter();
    let mut store = Store::default();
    let module = Module::from_file(&store, "greet.wasm")?;
    let builder = WasiEnv::builder("greet")
        .arg("-n")
        .arg("a b")
        .arg("it's")
        .arg("")
        .arg("grün")
        .env("LANG", "en_GB")
        .env("SAY", "$HOME \"x\"")
        .env("PWD", "/data")
        .current_dir("/data")
        .map_dir("/data", "/my data")?
        .map_dir("/s", "./s")?
        .map_dir("/f", "./f")?;
    match builder.run_with_store(module, &mut store) {
        Err(WasiRuntimeError::Wasi(WasiError::Exit(code))) => std::process::exit(code.raw()),
        ended => Ok(ended?),
    }
}
