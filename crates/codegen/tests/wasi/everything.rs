// greet.wasm with Wasmer 7.
// cargo add wasmer wasmer-wasix && cargo add tokio --features rt-multi-thread
use wasmer::{Module, Store};
use wasmer_wasix::{WasiEnv, WasiError};

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
        .env("NONE", "")
        .env("PWD", "/data")
        .current_dir("/data")
        .map_dir("/data", "/my data")?
        .map_dir("/s", "./s")?
        .map_dir("/f", "./f")?;
    let (instance, env) = builder.instantiate(module, &mut store)?;
    let ended = instance.exports.get_function("_start")?.call(&mut store, &[]);
    env.on_exit(&mut store, None);
    match ended.map_err(|error| error.downcast::<WasiError>()) {
        Ok(_) => Ok(()),
        Err(Ok(WasiError::Exit(code))) => std::process::exit(code.raw()),
        Err(Ok(error)) => Err(error.into()),
        Err(Err(trap)) => Err(trap.into()),
    }
}
