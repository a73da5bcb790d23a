// Instantiates every_kind.wasm with its import object. Cargo.toml: wasmer = "7"

use wasmer::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::default();
    let module = Module::from_file(&store, "every_kind.wasm")?;
    let mut imports = Imports::new();
    let env_value = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![Type::I32, Type::I64, Type::F32, Type::F64]), move |arguments| {
        let _ = arguments;
        Ok(vec![Value::I32(-1), Value::I64(-9007199254740993), Value::F32(f32::from_bits(0x3fc00000)), Value::F64(f64::from_bits(0xfff0000000000000))])
    });
    imports.define("env", "value", env_value);
    let env_zero = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F64]), move |arguments| {
        let _ = arguments;
        Ok(vec![Value::F64(f64::from_bits(0x0))])
    });
    imports.define("env", "zero", env_zero);
    let env_nothing = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        Ok(vec![])
    });
    imports.define("env", "nothing", env_nothing);
    let env_log = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I64, Type::F32, Type::F64], vec![]), move |arguments| {
        let _ = arguments;
        print!("{:#x} {:#b} {} i32 {} {} {:#x} {:#b} {} i64 {} {} {:#x} {} {:#b} \"{{}}\" 100% `$ ??/ \\ ü\n", arguments[0].unwrap_i32() as u32, arguments[0].unwrap_i32() as u32, arguments[0].unwrap_i32() as u32, arguments[0].unwrap_i32(), arguments[0].unwrap_i32(), arguments[1].unwrap_i64() as u64, arguments[1].unwrap_i64() as u64, arguments[1].unwrap_i64() as u64, arguments[1].unwrap_i64(), arguments[2].unwrap_f32(), arguments[2].unwrap_f32().to_bits(), arguments[3].unwrap_f64(), arguments[3].unwrap_f64().to_bits());
        Ok(vec![])
    });
    imports.define("env", "log", env_log);
    let env_letters = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I64, Type::I32], vec![Type::I64]), move |arguments| {
        let _ = arguments;
        print!("{}{}{}\n", u32::try_from(arguments[0].unwrap_i32()).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'), u32::try_from(arguments[1].unwrap_i64()).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'), u32::try_from(arguments[2].unwrap_i32()).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
        Ok(vec![Value::I64(7)])
    });
    imports.define("env", "letters", env_letters);
    let env_warn = Function::new(&mut store, FunctionType::new(vec![Type::F64, Type::ExternRef], vec![]), move |arguments| {
        let _ = arguments;
        eprint!("{}\t{}\n", arguments[0].unwrap_f64(), arguments[1].ty());
        Ok(vec![])
    });
    imports.define("env", "warn", env_warn);
    let env_text = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I32], vec![Type::I32]), move |arguments| {
        let _ = arguments;
        // `env.text` is reading a string; here it returns zeros: write its body in Rust.
        Ok(vec![Value::I32(9)])
    });
    imports.define("env", "text", env_text);
    let env_text_to_nul = Function::new(&mut store, FunctionType::new(vec![Type::I64], vec![]), move |arguments| {
        let _ = arguments;
        // `env.text_to_nul` is reading a string; here it returns zeros: write its body in Rust.
        Ok(vec![])
    });
    imports.define("env", "text_to_nul", env_text_to_nul);
    let env_text_of_export = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I32], vec![]), move |arguments| {
        let _ = arguments;
        // `env.text_of_export` is reading a string; here it returns zeros: write its body in Rust.
        Ok(vec![])
    });
    imports.define("env", "text_of_export", env_text_of_export);
    let env_count_calls = std::sync::atomic::AtomicU64::new(0);
    let env_count = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I64]), move |arguments| {
        let _ = arguments;
        let n = env_count_calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let number = Value::I64(5_u64.wrapping_add(18446744073709551614_u64.wrapping_mul(n)) as i64);
        Ok(vec![number])
    });
    imports.define("env", "count", env_count);
    let env_time = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F64]), move |arguments| {
        let _ = arguments;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let time = Value::F64(now.as_secs_f64());
        Ok(vec![time])
    });
    imports.define("env", "time", env_time);
    let env_ticks_began = std::time::Instant::now();
    let env_ticks = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I64, Type::I32]), move |arguments| {
        let _ = arguments;
        let now = env_ticks_began.elapsed();
        let time = Value::I64(now.as_nanos() as i64);
        Ok(vec![time, Value::I32(0)])
    });
    imports.define("env", "ticks", env_ticks);
    let env_random_state = std::sync::atomic::AtomicU64::new(1);
    let env_random = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I32, Type::I64, Type::F32, Type::F64]), move |arguments| {
        let _ = arguments;
        let next = || {
            const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
            let mut z = env_random_state.fetch_add(GAMMA, std::sync::atomic::Ordering::Relaxed).wrapping_add(GAMMA);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Ok(vec![Value::I32((next() >> 32) as i32), Value::I64(next() as i64), Value::F32((next() >> 40) as f32 / (1_u32 << 24) as f32), Value::F64((next() >> 11) as f64 / (1_u64 << 53) as f64)])
    });
    imports.define("env", "random", env_random);
    let env_leave = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I64], vec![]), move |arguments| {
        let _ = arguments;
        std::process::exit(arguments[1].unwrap_i64() as i32)
    });
    imports.define("env", "leave", env_leave);
    let env_leave_narrow = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![]), move |arguments| {
        let _ = arguments;
        std::process::exit(arguments[0].unwrap_i32())
    });
    imports.define("env", "leave_narrow", env_leave_narrow);
    let env_stop = Function::new(&mut store, FunctionType::new(vec![], vec![]), move |arguments| {
        let _ = arguments;
        std::process::exit(3)
    });
    imports.define("env", "stop", env_stop);
    let env_fail = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![Type::F32]), move |arguments| {
        let _ = arguments;
        Err(RuntimeError::new(format!("no \"{}\" today", arguments[0].unwrap_i32())))
    });
    imports.define("env", "fail", env_fail);
    let env_sum = Function::new(&mut store, FunctionType::new(vec![Type::I32, Type::I32], vec![Type::I32]), move |arguments| {
        let _ = arguments;
        // `env.sum` is JavaScript; here it returns zeros: write its body in Rust.
        Ok(vec![Value::I32(0)])
    });
    imports.define("env", "sum", env_sum);
    // `lib.twice` is an export of another module, which this program does not have: instantiate that module, and define its export here.
    let env_memory = Memory::new(&mut store, MemoryType::new(1, Some(2), false))?;
    env_memory.view(&store).write(3, &[103, 114, 195, 188, 195, 159, 101])?;
    env_memory.view(&store).write(40, &[255, 1])?;
    imports.define("env", "memory", env_memory);
    let env_functions = Table::new(&mut store, TableType::new(Type::FuncRef, 4, Some(5)), Value::FuncRef(None))?;
    imports.define("env", "functions", env_functions);
    let env_objects = Table::new(&mut store, TableType::new(Type::ExternRef, 1, None), Value::ExternRef(None))?;
    imports.define("env", "objects", env_objects);
    let env_limit = Global::new(&mut store, Value::I32(-2147483648));
    imports.define("env", "limit", env_limit);
    let env_wide = Global::new_mut(&mut store, Value::I64(9007199254740993));
    imports.define("env", "wide", env_wide);
    let env_oops = Tag::new(&mut store, vec![Type::I32, Type::I64]);
    imports.define("env", "oops", env_oops);
    let instance = Instance::new(&mut store, &module, &imports)?;
    for (name, _) in instance.exports.iter() {
        println!("{name}");
    }
    Ok(())
}
