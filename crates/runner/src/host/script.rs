//! Host functions written in JavaScript, run by QuickJS.
//!
//! Each module has a context of its own. It runs on the guest's thread, like everything that
//! touches a store. Its memory and stack are limited, and so is the depth to which it and the
//! module call one another. Its time is limited by the call's own limit and Stop, which QuickJS
//! asks about every few thousand steps.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Weak};
use watshop_protocol::say;

use rquickjs::context::EvalOptions;
use rquickjs::function::Args;
use rquickjs::{
    CatchResultExt as _, CaughtError, Context, Ctx, Function as Script, Object, Persistent, Runtime,
};
use send_wrapper::SendWrapper;
use wasmer::{
    AsStoreMut as _, Function, FunctionEnv, FunctionEnvMut, FunctionType, RuntimeError, Store,
    StoreMut, Value as WasmerValue,
};

use super::frame::{self, HostEnding, HostFrame};
use super::record::{HostCallOutcome, Touches};
use super::{Host, HostScope, cells, exports_later};
use buffers::Buffers;
use jobs::Rejections;
use references::ScriptReferences;

mod access;
mod buffers;
mod calls;
mod jobs;
mod lent;
mod references;
mod surroundings;
mod text;
mod values;

/// The most memory of one module's JavaScript, in bytes.
const MEMORY: usize = 64 << 20;

/// The most stack of JavaScript, in bytes. The thread has four times as much.
const STACK: usize = 4 << 20;

/// The depth to which JavaScript and the module may call one another. Each level has a guest stack
/// of its own.
const DEPTH: u32 = 64;

/// The error of JavaScript that uses the module outside of a call.
const NOT_NOW: &str = "the module can only be reached while it calls its host";

/// The JavaScript of one module. It lives and dies on the guest's thread.
pub type SharedEngine = Arc<SendWrapper<ScriptEngine>>;

/// One QuickJS runtime with its context.
pub struct ScriptEngine {
    // Rust drops the fields in this order: the JavaScript values, the context, the runtime.
    functions: RefCell<Vec<Persistent<Script<'static>>>>,
    rejections: Rejections,
    bridge: RefCell<Option<Persistent<Object<'static>>>>,
    references: RefCell<ScriptReferences>,
    buffers: Buffers,
    /// The imports with JavaScript, by their names in stack traces.
    titles: RefCell<Vec<String>>,
    context: Context,
    host: Arc<Host>,
    /// The instance. It owns this engine, so the engine must not own it.
    scope: Weak<HostScope>,
    depth: Cell<u32>,
    /// The ranges that each running call has touched.
    touches: RefCell<Vec<Touches>>,
    /// The end of the guest, if a call from JavaScript into the module has met it.
    ending: RefCell<Option<RuntimeError>>,
    /// The last trap of such a call. It goes on unchanged if JavaScript does not catch it.
    trapped: RefCell<Option<RuntimeError>>,
}

/// The sentence that the JavaScript of an import cannot be used.
fn refused(title: &str, why: &str) -> String {
    format!("The JavaScript of `{title}` cannot be used: {why}")
}

impl ScriptEngine {
    fn start(host: &Arc<Host>, scope: &Arc<HostScope>) -> rquickjs::Result<SharedEngine> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(MEMORY);
        runtime.set_max_stack_size(STACK);
        let context = Context::full(&runtime)?;
        let engine = Arc::new(SendWrapper::new(Self {
            functions: RefCell::default(),
            rejections: Rejections::default(),
            bridge: RefCell::default(),
            references: RefCell::default(),
            buffers: Buffers::default(),
            titles: RefCell::default(),
            context,
            host: Arc::clone(host),
            scope: Arc::downgrade(scope),
            depth: Cell::new(0),
            touches: RefCell::default(),
            ending: RefCell::default(),
            trapped: RefCell::default(),
        }));
        let stop = Arc::clone(&host.stop);
        let watched = Arc::downgrade(&engine);
        runtime.set_interrupt_handler(Some(Box::new(move || {
            stop.wanted()
                || watched.upgrade().is_some_and(|engine| engine.ending.borrow().is_some())
        })));
        runtime.set_host_promise_rejection_tracker(Some(jobs::tracker(&engine)));
        let bridge = engine.enter(|ctx| {
            surroundings::build(&ctx, &engine).map(|made| Persistent::save(&ctx, made))
        })?;
        *engine.bridge.borrow_mut() = Some(bridge);
        Ok(engine)
    }

    /// Works in the context, even if its JavaScript is running further up the stack: it has called
    /// into the module, and the module calls it again.
    fn enter<R>(&self, work: impl FnOnce(Ctx<'_>) -> R) -> R {
        if self.depth.get() == 0 {
            return self.context.with(work);
        }
        #[expect(
            unsafe_code,
            reason = "rquickjs cannot know that this thread has the lock already"
        )]
        // SAFETY: the context is alive, and this very thread has locked its runtime. `depth` is
        // above 0 only inside of a `with` further up, which has lent the thread to a host function.
        // The values of a context are the same in each entry, and none leaves `work`.
        work(unsafe { Ctx::from_raw(self.context.as_raw()) })
    }

    /// Evaluates a source, whose value must be a function. Gives the number to call it by.
    fn compile(&self, title: &str, source: &str) -> Result<usize, String> {
        self.titles.borrow_mut().push(title.to_owned());
        self.enter(|ctx| {
            let mut options = EvalOptions::default();
            options.strict = true;
            options.filename = Some(title.to_owned());
            // The wrapper starts on the first line of the source, so that people see the same line
            // numbers. The line feed ends a comment at the end of the source.
            let wrapped = format!("({source}\n)");
            let value: rquickjs::Value<'_> = ctx
                .eval_with_options(wrapped, options)
                .catch(&ctx)
                .map_err(|error| refused(title, &self.tell(&error, title)))?;
            let kind = value.type_name();
            let script = value
                .into_function()
                .ok_or_else(|| refused(title, &format!("its value is {kind}, not a function.")))?;
            let mut functions = self.functions.borrow_mut();
            functions.push(Persistent::save(&ctx, script));
            Ok(functions.len() - 1)
        })
    }

    fn call(
        &self,
        store: &mut StoreMut<'_>,
        frame: &HostFrame,
        number: usize,
        arguments: &[WasmerValue],
    ) -> Result<Vec<WasmerValue>, HostEnding> {
        if self.depth.get() >= DEPTH {
            return Err(HostEnding::Trap(say!(
                "`{}` and the module call one another more than {DEPTH} deep",
                frame.title
            )));
        }
        let outcome = lent::lend(store, || {
            self.enter(|ctx| {
                // The guest may have grown its memories since JavaScript last used them.
                self.buffers.refresh(&ctx, self)?;
                self.depth.set(self.depth.get() + 1);
                let _deeper = DepthGuard(&self.depth);
                let outcome = self.apply(&ctx, frame, number, arguments);
                let trapped = self.trapped.borrow_mut().take();
                // Jobs that were put off run as soon as no other JavaScript is running.
                if self.depth.get() == 1 {
                    self.finish_jobs(&ctx);
                }
                *self.trapped.borrow_mut() = trapped;
                outcome
            })
        });
        if self.host.stop.wanted() {
            return Err(HostEnding::Stopped);
        }
        if let Some(error) = self.ending.borrow_mut().take() {
            return Err(HostEnding::Passed(error));
        }
        let trapped = self.trapped.borrow_mut().take();
        outcome.map_err(|message| match trapped {
            Some(error) if message.contains(&error.message()) => HostEnding::Passed(error),
            _ => HostEnding::Trap(say!("{message}")),
        })
    }

    fn apply(
        &self,
        ctx: &Ctx<'_>,
        frame: &HostFrame,
        number: usize,
        arguments: &[WasmerValue],
    ) -> Result<Vec<WasmerValue>, String> {
        let failed = |error: CaughtError<'_>| self.tell_now(&error, &frame.title);
        let script = self.functions.borrow().get(number).cloned().ok_or("The function is gone.")?;
        let script = script.restore(ctx).catch(ctx).map_err(failed)?;
        let mut given = Args::new(ctx.clone(), arguments.len());
        for argument in arguments {
            let value = values::to_script(ctx, self, argument)?;
            given.push_arg(value).catch(ctx).map_err(failed)?;
        }
        let value: rquickjs::Value<'_> = script.call_arg(given).catch(ctx).map_err(failed)?;
        values::results(ctx, self, &frame.results, value).map_err(|gave| {
            format!(
                "`{}` returns {}, and its JavaScript gave {gave}",
                frame.title,
                values::names(&frame.results)
            )
        })
    }

    /// The error that JavaScript threw. It says so if the reason is that the module has no exports
    /// yet.
    fn tell_now(&self, error: &CaughtError<'_>, title: &str) -> String {
        let told = self.tell(error, title);
        let ready = self.scope.upgrade().is_none_or(|scope| scope.is_ready());
        // A missing export is `undefined`, and its use is an error with this name.
        if ready || !told.starts_with("TypeError: ") {
            told
        } else {
            format!("{told}. {}", exports_later())
        }
    }

    /// The error that JavaScript threw, with the line in the source of the import if it is known.
    fn tell(&self, error: &CaughtError<'_>, title: &str) -> String {
        match error {
            CaughtError::Exception(exception) => {
                let message = exception.message().unwrap_or_default();
                let name: String = exception.as_object().get("name").unwrap_or_default();
                let place = self.place(&exception.stack().unwrap_or_default());
                let name = if name.is_empty() || name == "Error" {
                    String::new()
                } else {
                    format!("{name}: ")
                };
                format!("{name}{message}{place}")
            }
            // QuickJS throws null if it has no memory left for an error.
            CaughtError::Value(value) if value.is_null() => {
                format!(
                    "`{title}` threw null, or the {} MiB that JavaScript may use were all in use",
                    MEMORY >> 20
                )
            }
            CaughtError::Value(value) => format!("{} was thrown", values::describe(value)),
            CaughtError::Error(error) => error.to_string(),
        }
    }

    /// The innermost line of one of our sources in a stack trace, in words. Empty if there is none.
    fn place(&self, stack: &str) -> String {
        let titles = self.titles.borrow();
        let found = stack.lines().find_map(|frame| {
            titles.iter().find_map(|title| {
                let rest = frame.split(&format!("{title}:")).nth(1)?;
                let line: String = rest.chars().take_while(char::is_ascii_digit).collect();
                (!line.is_empty()).then(|| format!(" (line {line} of `{title}`)"))
            })
        });
        found.unwrap_or_default()
    }

    /// The functions of the JavaScript side that the engine calls.
    fn bridge<'js>(&self, ctx: &Ctx<'js>) -> Result<Object<'js>, String> {
        let bridge = self.bridge.borrow().clone().ok_or("JavaScript is not ready yet")?;
        bridge.restore(ctx).map_err(|error| error.to_string())
    }

    /// The instance, while it exists.
    fn scope(&self) -> Result<Arc<HostScope>, String> {
        self.scope.upgrade().ok_or_else(|| "the instance is gone".to_owned())
    }

    /// Records a range that the running call touched.
    fn touch(&self, add: impl FnOnce(&mut Touches)) {
        if let Some(touches) = self.touches.borrow_mut().last_mut() {
            add(touches);
        }
    }
}

/// Counts a level for as long as it lives.
struct DepthGuard<'a>(&'a Cell<u32>);

impl Drop for DepthGuard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// Makes a host function from a source.
///
/// # Errors
///
/// A sentence if the source is not JavaScript, or its value is not a function.
pub fn function(
    store: &mut Store,
    frame: HostFrame,
    kind: &FunctionType,
    source: &str,
) -> Result<Function, String> {
    let title = frame.title.clone();
    let engine = match frame.scope.script.get() {
        Some(engine) => Arc::clone(engine),
        None => {
            let made = ScriptEngine::start(&frame.host, &frame.scope).map_err(|error| {
                refused(&title, &format!("QuickJS cannot be started: {error}."))
            })?;
            Arc::clone(frame.scope.script.get_or_init(|| made))
        }
    };
    let number = engine.compile(&title, source)?;
    let engine = Arc::downgrade(&engine);
    let nothing = FunctionEnv::new(store, ());
    Ok(Function::new_with_env(
        store,
        &nothing,
        kind,
        move |mut env: FunctionEnvMut<'_, ()>, arguments| {
            let mut store = env.as_store_mut();
            // The engine lives as long as the instance, which is calling.
            let Some(engine) = engine.upgrade() else {
                return Err(HostEnding::Stopped.into_error());
            };
            let recorder = &frame.host.recorder;
            // The call is recorded at its beginning, because it may call back into the module and
            // take long.
            let begun = recorder.begin().map(|at| {
                let mut writer = recorder.open(frame.number, at);
                arguments
                    .iter()
                    .for_each(|value| cells::put(&mut store, value, |word| writer.word(word)));
                recorder.close(&mut writer, HostCallOutcome::Running, None, false)
            });
            engine.touches.borrow_mut().push(Touches::default());
            let outcome = engine.call(&mut store, &frame, number, arguments);
            let touches = engine.touches.borrow_mut().pop();
            if let Some(mut writer) = begun.and_then(|sequence| recorder.reopen(sequence)) {
                let results = outcome.iter().flatten();
                results.for_each(|value| cells::put(&mut store, value, |word| writer.word(word)));
                recorder.close(&mut writer, frame::end(&outcome), touches, false);
            }
            outcome.map_err(HostEnding::into_error)
        },
    ))
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;
