// Instantiates odd_names.wasm with its import object. Cargo.toml: wasmer = "7"

use wasmer::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::default();
    let module = Module::from_file(&store, "odd_names.wasm")?;
    let mut imports = Imports::new();
    let import_object_ = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        Ok(vec![])
    });
    imports.define("import", "object", import_object_);
    let env_a_b = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        Ok(vec![])
    });
    imports.define("env", "a-b", env_a_b);
    let env_a_b__ = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![Type::I32]), move |arguments| {
        let _ = arguments;
        // `env.a b" ` is JavaScript; here it returns zeros: write its body in Rust.
        Ok(vec![Value::I32(0)])
    });
    imports.define("env", "a\nb\"\\", env_a_b__);
    let _1_x = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        std::process::exit(-1)
    });
    imports.define("1", "x", _1_x);
    let __ = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        Err(RuntimeError::new(format!("\u{202e}")))
    });
    imports.define("", "", __);
    // `env.__proto__` is an export of another module, which this program does not have: instantiate that module, and define its export here.
    let env_____ = Global::new(&mut store, Value::I32(1));
    imports.define("env", "\u{202e}\u{2028}ü\u{7}", env_____);
    let import_self = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![]), move |arguments| {
        let _ = arguments;
        // `import.self` is reading a string; here it returns zeros: write its body in Rust.
        Ok(vec![])
    });
    imports.define("import", "self", import_self);
    let instance = Instance::new(&mut store, &module, &imports)?;
    for (name, _) in instance.exports.iter() {
        println!("{name}");
    }
    Ok(())
}
