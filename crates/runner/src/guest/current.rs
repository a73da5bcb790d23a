//! The current request of the guest's thread, so that another thread can answer it.

use std::sync::{Mutex, PoisonError};
use watshop_protocol::say;

use watshop_protocol::instance::{
    BenchAnswer, ByGuestRequest, CallAnswer, CallManyAnswer, EncodedAnswer,
};
use watshop_protocol::page::{Error, ErrorCode, ExportList, Result, WarmUp};
use watshop_protocol::process::runner::{CallEnd, Notice};

use super::GuestJob;
use crate::exports::{LiveInstance, SharedView};
use crate::outbox::Outbox;

/// The number of the request, and the kind of answer for a guest that does not come back.
#[derive(Default)]
pub struct Current(Mutex<Option<(u32, RequestKind)>>);

enum RequestKind {
    Call,
    CallMany,
    Bench,
    Other,
}

impl Current {
    /// The guest's thread turns to this job.
    pub fn begin(&self, job: &GuestJob) {
        let kind = match &job.request {
            ByGuestRequest::Call(_) => RequestKind::Call,
            ByGuestRequest::CallMany(_) => RequestKind::CallMany,
            ByGuestRequest::BenchCalls(_) => RequestKind::Bench,
            _ => RequestKind::Other,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((job.id, kind));
    }

    /// Answers instead of the guest's thread, which cannot continue. It is the last answer of the
    /// process, and a notice says so before it.
    pub fn rescue(&self, error: Error, outbox: &Outbox, shown: &SharedView) {
        if let Some((id, kind)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // A lock that the guest's thread holds is never released, so this must not wait for it.
            let window = shown.try_lock().ok();
            let exports =
                window.as_ref().and_then(|window| window.as_ref()).map(LiveInstance::exports);
            let exports = exports.unwrap_or_default();
            outbox.notice(Notice::Ending);
            outbox.answer(id, kind.answer(error, exports));
        }
        outbox.end(0);
    }
}

impl RequestKind {
    fn answer(self, error: Error, exports: ExportList) -> Result<EncodedAnswer> {
        let ended = CallEnd::Failed(Box::new(error.clone()));
        let written = match self {
            Self::Call => serde_json::value::to_raw_value(&CallAnswer {
                call_ns: 0,
                instructions: None,
                ended,
                exports,
            }),
            Self::CallMany => serde_json::value::to_raw_value(&CallManyAnswer {
                call_ns: 0,
                instructions: None,
                figures: None,
                ended,
                exports,
            }),
            Self::Bench => serde_json::value::to_raw_value(&BenchAnswer {
                batch: 1,
                calls: 0,
                samples: 0,
                warm_up: WarmUp::default(),
                varies: false,
                full: false,
                ended,
                exports,
            }),
            Self::Other => return Err(error),
        };
        let unwritten = |why: serde_json::Error| {
            Error::new(
                ErrorCode::Trap,
                say!("{} (The details cannot be shown: {why}.)", error.message),
            )
        };
        Ok((written.map_err(unwritten)?, Vec::new()))
    }
}
