// Instantiates every_type.wasm with its import object. Cargo.toml: wasmer = "7"

use wasmer::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut store = Store::default();
    let module = Module::from_file(&store, "every_type.wasm")?;
    let mut imports = Imports::new();
    let env_all = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I32, Type::I64, Type::F32, Type::F64, Type::V128, Type::FuncRef, Type::ExternRef]), move |arguments| {
        let _ = arguments;
        Ok(vec![Value::I32(1), Value::I64(2), Value::F32(f32::from_bits(0x7fa00001)), Value::F64(f64::from_bits(0x7ff0000000000000)), Value::V128(0x4000000030000000200000001), Value::FuncRef(None), Value::ExternRef(None)])
    });
    imports.define("env", "all", env_all);
    let env_all_random_state = std::sync::atomic::AtomicU64::new(18446744073709551615);
    let env_all_random = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I32, Type::I64, Type::F32, Type::F64, Type::V128, Type::FuncRef, Type::ExternRef]), move |arguments| {
        let _ = arguments;
        let next = || {
            const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
            let mut z = env_all_random_state.fetch_add(GAMMA, std::sync::atomic::Ordering::Relaxed).wrapping_add(GAMMA);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Ok(vec![Value::I32((next() >> 32) as i32), Value::I64(next() as i64), Value::F32((next() >> 40) as f32 / (1_u32 << 24) as f32), Value::F64((next() >> 11) as f64 / (1_u64 << 53) as f64), Value::V128(u128::from(next()) << 64 | u128::from(next())), Value::FuncRef(None), Value::ExternRef(None)])
    });
    imports.define("env", "all_random", env_all_random);
    let env_random_state = std::sync::atomic::AtomicU64::new(7);
    let env_random = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F32]), move |arguments| {
        let _ = arguments;
        let next = || {
            const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
            let mut z = env_random_state.fetch_add(GAMMA, std::sync::atomic::Ordering::Relaxed).wrapping_add(GAMMA);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Ok(vec![Value::F32((next() >> 40) as f32 / (1_u32 << 24) as f32)])
    });
    imports.define("env", "random", env_random);
    let env_count_i32_calls = std::sync::atomic::AtomicU64::new(0);
    let env_count_i32 = Function::new(&mut store, FunctionType::new(vec![Type::I32], vec![Type::I32]), move |arguments| {
        let _ = arguments;
        let n = env_count_i32_calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let number = Value::I32(4294967295_u32.wrapping_add(2147483647_u32.wrapping_mul(n as u32)) as i32);
        Ok(vec![number])
    });
    imports.define("env", "count_i32", env_count_i32);
    let env_count_i64_calls = std::sync::atomic::AtomicU64::new(0);
    let env_count_i64 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I64, Type::I32]), move |arguments| {
        let _ = arguments;
        let n = env_count_i64_calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let number = Value::I64(9223372036854775807_u64.wrapping_add(1_u64.wrapping_mul(n)) as i64);
        Ok(vec![number, Value::I32(0)])
    });
    imports.define("env", "count_i64", env_count_i64);
    let env_count_f32_calls = std::sync::atomic::AtomicU64::new(0);
    let env_count_f32 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F32]), move |arguments| {
        let _ = arguments;
        let n = env_count_f32_calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let number = Value::F32(f32::from_bits(0x3f000000) + f32::from_bits(0x80000000) * n as f32);
        Ok(vec![number])
    });
    imports.define("env", "count_f32", env_count_f32);
    let env_count_f64_calls = std::sync::atomic::AtomicU64::new(0);
    let env_count_f64 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F64]), move |arguments| {
        let _ = arguments;
        let n = env_count_f64_calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let number = Value::F64(f64::from_bits(0x0) + f64::from_bits(0x3fb999999999999a) * n as f64);
        Ok(vec![number])
    });
    imports.define("env", "count_f64", env_count_f64);
    let env_time_i32 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I32]), move |arguments| {
        let _ = arguments;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let time = Value::I32(now.as_secs() as i32);
        Ok(vec![time])
    });
    imports.define("env", "time_i32", env_time_i32);
    let env_time_i64 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::I64]), move |arguments| {
        let _ = arguments;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let time = Value::I64(now.as_millis() as i64);
        Ok(vec![time])
    });
    imports.define("env", "time_i64", env_time_i64);
    let env_time_f32_began = std::time::Instant::now();
    let env_time_f32 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F32, Type::V128]), move |arguments| {
        let _ = arguments;
        let now = env_time_f32_began.elapsed();
        let time = Value::F32((now.as_secs_f64() * 1e6) as f32);
        Ok(vec![time, Value::V128(0x0)])
    });
    imports.define("env", "time_f32", env_time_f32);
    let env_time_f64_began = std::time::Instant::now();
    let env_time_f64 = Function::new(&mut store, FunctionType::new(vec![], vec![Type::F64]), move |arguments| {
        let _ = arguments;
        let now = env_time_f64_began.elapsed();
        let time = Value::F64(now.as_secs_f64() * 1e9);
        Ok(vec![time])
    });
    imports.define("env", "time_f64", env_time_f64);
    let env_shown = Function::new(&mut store, FunctionType::new(vec![Type::V128, Type::ExternRef, Type::F32, Type::F64], vec![]), move |arguments| {
        let _ = arguments;
        print!("{:#034x}, {}, {}, {}\n", arguments[0].unwrap_v128(), arguments[1].ty(), arguments[2].unwrap_f32(), arguments[3].unwrap_f64());
        Ok(vec![])
    });
    imports.define("env", "shown", env_shown);
    let env_none = Global::new(&mut store, Value::F32(f32::from_bits(0x7fc00000)));
    imports.define("env", "none", env_none);
    let env_infinite = Global::new(&mut store, Value::F64(f64::from_bits(0xfff0000000000000)));
    imports.define("env", "infinite", env_infinite);
    let env_least = Global::new_mut(&mut store, Value::F64(f64::from_bits(0x8000000000000000)));
    imports.define("env", "least", env_least);
    let env_lanes = Global::new(&mut store, Value::V128(0x4000000030000000200000001));
    imports.define("env", "lanes", env_lanes);
    let env_object = Global::new(&mut store, Value::ExternRef(None));
    imports.define("env", "object", env_object);
    let env_function = Global::new_mut(&mut store, Value::FuncRef(None));
    imports.define("env", "function", env_function);
    let env_shared = Memory::new(&mut store, MemoryType::new(1, Some(2), true))?;
    imports.define("env", "shared", env_shared);
    let instance = Instance::new(&mut store, &module, &imports)?;
    for (name, _) in instance.exports.iter() {
        println!("{name}");
    }
    Ok(())
}
