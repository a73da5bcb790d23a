//! The engine and the store, reached from JavaScript that may outlive both.

use std::sync::Weak;

use rquickjs::{Ctx, Exception, Result};
use send_wrapper::SendWrapper;
use wasmer::StoreMut;

use super::{Engine, Shared, lent};

/// How what JavaScript calls has the engine: it is not kept alive by its own JavaScript.
pub type Held = Weak<SendWrapper<Engine>>;

/// An exception of JavaScript.
pub fn refuse(ctx: &Ctx<'_>, why: &str) -> rquickjs::Error {
    Exception::throw_range(ctx, why)
}

/// The engine, while it is there.
pub fn engine_of(ctx: &Ctx<'_>, engine: &Held) -> Result<Shared> {
    engine.upgrade().ok_or_else(|| refuse(ctx, "the instance is gone"))
}

/// Asks the engine and the store that was lent to it.
pub fn with<R>(
    ctx: &Ctx<'_>,
    engine: &Held,
    work: impl FnOnce(&Engine, &mut StoreMut<'_>) -> std::result::Result<R, String>,
) -> Result<R> {
    let engine = engine_of(ctx, engine)?;
    let done =
        lent::take(|store| work(&engine, store)).unwrap_or_else(|| Err(super::NOT_NOW.to_owned()));
    done.map_err(|why| refuse(ctx, &why))
}
