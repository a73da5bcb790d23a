//! Functions of other modules, in code of Singlepass.
//!
//! That code calls its imports like functions of the host, but it is itself called in another way.
//! As soon as a parameter is a float, the two have arguments in different places. So such a
//! function is wrapped in a host function that calls it.

use wasmer::{Function, FunctionEnv, FunctionEnvMut, Store, Type, Value};

/// A function that code of Singlepass can call as an import.
pub fn callable(store: &mut Store, function: &Function) -> Function {
    let kind = function.ty(store);
    let is_float = |kind: &Type| matches!(kind, Type::F32 | Type::F64 | Type::V128);
    if !kind.params().iter().any(is_float) || kind.params().iter().all(is_float) {
        return function.clone();
    }
    let env = FunctionEnv::new(store, function.clone());
    Function::new_with_env(
        store,
        &env,
        &kind,
        |mut env: FunctionEnvMut<'_, Function>, arguments: &[Value]| {
            let (function, mut store) = env.data_and_store_mut();
            let function = function.clone();
            function.call(&mut store, arguments).map(Vec::from)
        },
    )
}
