//! Converts references between WebAssembly and JavaScript. A function of the module is a function
//! there, and a value that JavaScript gives as an `externref` comes back as the very same value.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rquickjs::{CatchResultExt as _, Ctx, Function as Script, Value};
use wasmer::{ExternRef, Function, StoreMut, Value as WasmerValue};

use super::{ScriptEngine, lent};
use crate::values::{raw_function, raw_reference};

/// The most values of JavaScript that a module can have references to. JavaScript's own memory has
/// no room for more.
const MOST_OWN: usize = 1 << 20;

/// The references that have passed between a module and its JavaScript. JavaScript keeps the same
/// numbers for them (`surroundings.js`).
pub struct ScriptReferences {
    /// The number of the engine. It distinguishes the JavaScript of different modules.
    engine: u64,
    functions: Vec<Function>,
    /// References that JavaScript did not make. It can only pass them on.
    foreign: Vec<ExternRef>,
    /// References to values that JavaScript made, by their numbers there.
    own: HashMap<u32, ExternRef>,
    /// Numbers by the raw form of a reference.
    known_functions: HashMap<usize, u32>,
    known_foreign: HashMap<usize, u32>,
}

/// The object behind a reference to a value of JavaScript.
struct ScriptReference {
    engine: u64,
    number: u32,
}

impl Default for ScriptReferences {
    fn default() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self {
            engine: LAST.fetch_add(1, Ordering::Relaxed),
            functions: Vec::new(),
            foreign: Vec::new(),
            own: HashMap::new(),
            known_functions: HashMap::new(),
            known_foreign: HashMap::new(),
        }
    }
}

/// Adds an item at the end, and gives its number.
fn add<T>(to: &mut Vec<T>, item: T) -> u32 {
    to.push(item);
    (to.len() - 1) as u32
}

impl ScriptEngine {
    /// A function of the module as a function of JavaScript. It is always the same one for the same
    /// function.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn callable<'js>(&self, ctx: &Ctx<'js>, function: &Function) -> Result<Value<'js>, String> {
        let number = with_store(|store| {
            let mut references = self.references.borrow_mut();
            let ScriptReferences { functions, known_functions: known, .. } = &mut *references;
            let mut add = || add(functions, function.clone());
            // A function made from a closure has no raw form. JavaScript remembers it by its name
            // instead.
            match raw_function(store, function) {
                Some(raw) => *known.entry(raw).or_insert_with(add),
                None => add(),
            }
        })?;
        self.ask(ctx, "callable", number)
    }

    /// The function with this number in JavaScript.
    pub fn function(&self, number: u32) -> Option<Function> {
        self.references.borrow().functions.get(number as usize).cloned()
    }

    /// JavaScript's value for a reference to an object of the host.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn shown<'js>(&self, ctx: &Ctx<'js>, reference: &ExternRef) -> Result<Value<'js>, String> {
        let (own, number) = with_store(|store| {
            let mut references = self.references.borrow_mut();
            let ScriptReferences { engine, foreign, known_foreign: known, .. } = &mut *references;
            match reference.downcast::<ScriptReference>(store) {
                Some(own) if own.engine == *engine => (true, own.number),
                _ => {
                    let raw = WasmerValue::ExternRef(Some(reference.clone())).as_raw(store);
                    let add = || add(foreign, reference.clone());
                    (false, *known.entry(raw_reference(raw)).or_insert_with(add))
                }
            }
        })?;
        self.ask(ctx, if own { "own" } else { "foreign" }, number)
    }

    /// The reference behind a function of JavaScript. `None` if it is not a function of the module.
    ///
    /// # Errors
    ///
    /// A sentence if WebAssembly cannot get it.
    pub fn function_reference<'js>(
        &self,
        ctx: &Ctx<'js>,
        value: &Value<'js>,
    ) -> Result<Option<WasmerValue>, String> {
        let number: Option<u32> = self.ask(ctx, "callableNumber", value.clone())?;
        let Some(function) = number.and_then(|number| self.function(number)) else {
            return Ok(None);
        };
        if with_store(|store| raw_function(store, &function))?.is_none() {
            return Err("a function of the host, to which there is no reference".to_owned());
        }
        Ok(Some(WasmerValue::FuncRef(Some(function))))
    }

    /// A reference to any value of JavaScript.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn reference<'js>(&self, ctx: &Ctx<'js>, value: &Value<'js>) -> Result<ExternRef, String> {
        if let Some(number) = self.ask::<_, Option<u32>>(ctx, "foreignNumber", value.clone())? {
            let foreign = self.references.borrow().foreign.get(number as usize).cloned();
            return foreign.ok_or_else(|| "a reference that is gone".to_owned());
        }
        let number: u32 = self.ask(ctx, "ownNumber", value.clone())?;
        with_store(|store| {
            let mut references = self.references.borrow_mut();
            let ScriptReferences { engine, own, .. } = &mut *references;
            // The script chooses the number, and only its own memory is bounded by QuickJS.
            if own.len() == MOST_OWN && !own.contains_key(&number) {
                return Err(format!("more than {MOST_OWN} values of JavaScript"));
            }
            let make = || ExternRef::new(store, ScriptReference { engine: *engine, number });
            Ok(own.entry(number).or_insert_with(make).clone())
        })?
    }

    /// Calls a function of the JavaScript side.
    fn ask<'js, A, R>(&self, ctx: &Ctx<'js>, what: &str, argument: A) -> Result<R, String>
    where
        A: rquickjs::IntoJs<'js>,
        R: rquickjs::FromJs<'js>,
    {
        let bridge = self.bridge(ctx)?;
        let asked = bridge.get::<_, Script<'js>>(what).and_then(|script| script.call((argument,)));
        asked
            .catch(ctx)
            .map_err(|error| format!("a reference that JavaScript cannot have: {error}"))
    }
}

fn with_store<R>(work: impl FnOnce(&mut StoreMut<'_>) -> R) -> Result<R, String> {
    lent::take(work).ok_or_else(|| super::NOT_NOW.to_owned())
}
