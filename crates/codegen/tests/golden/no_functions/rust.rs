// Instantiates no_functions.wasm with its import object. Cargo.toml: wasmer = "7"

use wasmer::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::default();
    let module = Module::from_file(&store, "no_functions.wasm")?;
    let mut imports = Imports::new();
    let env_memory = Memory::new(&mut store, MemoryType::new(1, None, false))?;
    imports.define("env", "memory", env_memory);
    let env_limit = Global::new(&mut store, Value::I32(3));
    imports.define("env", "limit", env_limit);
    let instance = Instance::new(&mut store, &module, &imports)?;
    for (name, _) in instance.exports.iter() {
        println!("{name}");
    }
    Ok(())
}
