//! Observes the calls of a program: for the lines of the trace, for the timeline, and for the rules.

use std::sync::Arc;

use watshop_protocol::wasi::Kind;
use watshop_wasi::{Generation, WasiProcess, WasiResult};

use super::capture::{Capture, Known};
use super::rules::{Deed, Rules};
use super::timeline::{Entry, Timeline};
use super::trace::Trace;
use crate::prefetch::prefetch;
use crate::ticks::ticks;

/// The observers of a program.
pub struct Observer {
    /// Writes a line for each call, if that is asked for.
    pub trace: Option<Trace>,
    /// The record of calls.
    pub timeline: Arc<Timeline>,
    /// The rules for calls.
    pub rules: Rules,
    /// A place for the next call.
    pub spare: Option<Box<Entry>>,
}

/// A call that is being observed.
pub struct Observed {
    entry: Box<Entry>,
    /// Its number in the timeline, if it stands there already.
    sequence: Option<u64>,
    /// The deed of the rule that decides.
    pub deed: Option<Deed>,
}

impl Observer {
    /// A call begins. `None` if it is not observed.
    #[inline]
    pub fn begin(
        &mut self,
        known: Known,
        arguments: &[u64],
        memory: Option<&[u8]>,
        process: &WasiProcess,
        generation: Generation,
    ) -> Option<Observed> {
        let wanted = self.trace.is_some() || self.timeline.is_on() || !self.rules.is_empty();
        wanted.then(|| self.capture(known, arguments, memory, process, generation))
    }

    #[inline(never)]
    fn capture(
        &mut self,
        known: Known,
        arguments: &[u64],
        memory: Option<&[u8]>,
        process: &WasiProcess,
        generation: Generation,
    ) -> Observed {
        let descriptors = &process.descriptors;
        let mut entry = if let Some(mut entry) = self.spare.take() {
            entry.capture.begin_again(known, arguments, memory, descriptors, generation);
            entry
        } else {
            let capture = Capture::begin(known, arguments, memory, descriptors, generation);
            Box::new(Entry { capture, at: 0, took: None })
        };
        let capture = &mut entry.capture;
        if let [first, second] = known.function.parameters
            && (first.kind, second.kind) == (Kind::Out, Kind::Out)
        {
            let words = match known.function.name {
                "args_get" => &process.arguments,
                _ => &process.environment,
            };
            let bytes: usize = words.iter().map(Vec::len).sum();
            capture.numbers = [Some(words.len() as u64), Some(bytes as u64)];
        }
        let decision = self.rules.decide(capture);
        capture.rule = decision.map_or(0, |decision| decision.number);
        let deed = decision.map(|decision| decision.deed);
        let waits = known.waits || matches!(deed, Some(Deed::Delay(_)));
        (entry.at, entry.took) = (ticks(), None);
        let sequence = waits.then(|| self.timeline.open(&entry)).flatten();
        Observed { entry, sequence, deed }
    }

    /// The call has ended.
    #[inline(never)]
    pub fn end(&mut self, of: Observed, ended: &WasiResult, memory: Option<&[u8]>) {
        let Observed { mut entry, sequence, .. } = of;
        entry.took = Some(ticks().saturating_sub(entry.at));
        entry.capture.finish(ended, memory);
        if let Some(trace) = &self.trace {
            trace.write(&entry.capture);
        }
        self.spare = self.timeline.add(entry, sequence);
        if let Some(oldest) = &self.spare {
            // The guest works before it calls again, and so long the memory may take to come.
            prefetch(oldest.as_ref());
        }
    }
}
