//! What JavaScript puts off until no other JavaScript is going on: callbacks of promises, and what
//! follows an `await`.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rquickjs::runtime::RejectionTracker;
use rquickjs::{CaughtError, Ctx, Exception, Persistent, Value};
use watshop_protocol::page::Stream;

use super::super::frame::write;
use super::{Engine, Shared};

/// Most errors of promises that are told after one call.
const MOST: usize = 20;

/// Promises that were rejected, and that nothing has caught yet.
#[derive(Default)]
pub struct Rejections {
    known: RefCell<Vec<Rejection>>,
    /// How many more there are.
    more: Cell<u32>,
}

struct Rejection {
    promise: Persistent<Value<'static>>,
    reason: Persistent<Value<'static>>,
}

/// What hears of promises that are rejected, and of those that are caught later.
pub fn tracker(engine: &Shared) -> RejectionTracker {
    let engine = Arc::downgrade(engine);
    Box::new(move |ctx, promise, reason, is_handled| {
        if let Some(engine) = engine.upgrade() {
            engine.rejections.note(&ctx, promise, reason, is_handled);
        }
    })
}

impl Rejections {
    fn note<'js>(&self, ctx: &Ctx<'js>, promise: Value<'js>, reason: Value<'js>, is_handled: bool) {
        let mut known = self.known.borrow_mut();
        if is_handled {
            let is_it = |one: &Rejection| {
                one.promise.clone().restore(ctx).is_ok_and(|known| known == promise)
            };
            known.retain(|one| !is_it(one));
        } else if known.len() < MOST {
            let (promise, reason) = (Persistent::save(ctx, promise), Persistent::save(ctx, reason));
            known.push(Rejection { promise, reason });
        } else {
            self.more.set(self.more.get().saturating_add(1));
        }
    }
}

impl Engine {
    /// Runs what was put off, until there is nothing more or the guest is to end; then tells of
    /// errors that nothing caught. A job that puts off itself for ever is ended as a loop is: by
    /// the call's time limit, or by Stop.
    pub fn finish_jobs(&self, ctx: &Ctx<'_>) {
        while !self.is_to_end() && ctx.execute_pending_job() {}
        let rejected = self.rejections.known.take();
        let more = self.rejections.more.take();
        if self.is_to_end() {
            return;
        }
        for Rejection { reason, .. } in rejected {
            if let Ok(reason) = reason.restore(ctx) {
                self.say(&format!(
                    "Uncaught in a promise: {}\n",
                    self.tell_now(&caught(reason), "a promise")
                ));
            }
        }
        if more > 0 {
            self.say(&format!("{more} more errors in promises were caught by nothing.\n"));
        }
    }

    fn is_to_end(&self) -> bool {
        self.host.stop.wanted() || self.ending.borrow().is_some()
    }

    fn say(&self, text: &str) {
        // If the console does not take it, the guest is to end, and whoever called sees that
        // itself.
        let _ = write(&self.host, Stream::Stderr, text.as_bytes());
    }
}

fn caught(reason: Value<'_>) -> CaughtError<'_> {
    let exception = reason.as_object().cloned().and_then(Exception::from_object);
    exception.map_or(CaughtError::Value(reason), CaughtError::Exception)
}
