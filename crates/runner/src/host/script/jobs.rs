//! Runs the jobs that JavaScript puts off until no other JavaScript is running: callbacks of
//! promises, and the code behind an `await`.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rquickjs::runtime::RejectionTracker;
use rquickjs::{CaughtError, Ctx, Exception, Persistent, Value};
use watshop_protocol::page::Stream;

use super::super::frame::write;
use super::{ScriptEngine, SharedEngine};

/// The most errors of promises that are reported after one call.
const MOST: usize = 20;

/// The promises that were rejected and not caught yet.
#[derive(Default)]
pub struct Rejections {
    known: RefCell<Vec<Rejection>>,
    /// The number of further ones.
    more: Cell<u32>,
}

struct Rejection {
    promise: Persistent<Value<'static>>,
    reason: Persistent<Value<'static>>,
}

/// Makes the function that QuickJS calls if a promise is rejected, or if a rejected one is caught.
pub fn tracker(engine: &SharedEngine) -> RejectionTracker {
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

impl ScriptEngine {
    /// Runs the jobs that were put off, until there are none or the guest must end. Then it reports
    /// the errors that were not caught. A job that puts itself off for ever ends as a loop does: by
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
            self.say(&format!("{more} more errors in promises were not caught.\n"));
        }
    }

    fn is_to_end(&self) -> bool {
        self.host.stop.wanted() || self.ending.borrow().is_some()
    }

    fn say(&self, text: &str) {
        // If the console does not take it, the guest must end, and the caller checks that itself.
        let _ = write(&self.host, Stream::Stderr, text.as_bytes());
    }
}

fn caught(reason: Value<'_>) -> CaughtError<'_> {
    let exception = reason.as_object().cloned().and_then(Exception::from_object);
    exception.map_or(CaughtError::Value(reason), CaughtError::Exception)
}
