//! Finds the places of the guest's calls at a trap.

use std::sync::{Mutex, PoisonError};

use wasmer::{Module, RuntimeError};
use wasmer_compiler::FRAME_INFO;
use wasmer_types::entity::EntityRef as _;
use wasmer_types::{FrameInfo, FunctionIndex, ModuleInfo};
use watshop_artifact::{Notes, Sites};
use watshop_protocol::page::{Place, TrapFrame, TrapKind};

use crate::functions::FunctionNames;
use crate::limits::Definitions;
use crate::notes;
use crate::stop::RunningJob;

/// The most frames that are reported. The innermost ones are enough for an endless recursion.
const FRAMES: usize = 128;

/// The facts about the places of one module.
pub struct CodePlaces<'a> {
    info: &'a ModuleInfo,
    names: FunctionNames,
    notes: Notes,
    kind: TrapKind,
    /// The module offset that the guest stored last, if it belongs to this trap.
    site: Option<u32>,
}

impl<'a> CodePlaces<'a> {
    /// The places of a module whose instance trapped. The instance still exists, and `definitions`
    /// are its own.
    pub fn new(
        module: &'a Module,
        definitions: &Mutex<Definitions>,
        kind: TrapKind,
        running: &RunningJob<'_>,
    ) -> Self {
        let info = module.info();
        let notes = notes::of(info);
        let site = stores(notes.sites, kind, running)
            .then(|| {
                definitions
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .last_global(info.globals.len())
            })
            .flatten();
        Self { info, names: FunctionNames::default(), notes, kind, site }
    }

    /// The guest's calls at the trap, innermost first.
    pub fn frames(&self, error: &RuntimeError) -> Vec<TrapFrame> {
        let frames = error.trace().iter().filter(|frame| !self.is_added(frame)).take(FRAMES);
        let mut frames: Vec<_> =
            frames.enumerate().map(|(depth, frame)| self.frame(frame, depth == 0)).collect();
        if frames.is_empty() && self.kind == TrapKind::HostFunction {
            frames.extend(self.calling());
        }
        frames
    }

    /// The call that reached the host. Wasmer reports no frames for a refusal of the host, because
    /// it sees none beyond the trampoline.
    fn calling(&self) -> Option<TrapFrame> {
        let site = self.site?;
        let local = self.notes.ends.partition_point(|end| *end < site);
        let function = self.info.num_imported_functions + local;
        let known = local < self.notes.ends.len();
        known.then(|| self.own(u32::try_from(function).unwrap_or(u32::MAX), Some(site)))
    }

    /// The guest's call whose code is at an address. It is the only frame if Wasmer reports none at
    /// all, as for a stack overflow.
    pub fn frame_at(&self, address: usize) -> Option<TrapFrame> {
        let known = FRAME_INFO.read().ok()?;
        known.lookup_frame_info(address).map(|frame| self.frame(&frame, false))
    }

    /// True if a frame belongs to a function that Watshop added to the module.
    fn is_added(&self, frame: &FrameInfo) -> bool {
        self.is_own(frame) && frame.func_index() >= self.notes.functions
    }

    /// The compiler process names each module by its hash.
    fn is_own(&self, frame: &FrameInfo) -> bool {
        frame.module_name() == self.info.name()
    }

    fn frame(&self, frame: &FrameInfo, innermost: bool) -> TrapFrame {
        let function = frame.func_index();
        if !self.is_own(frame) {
            let name = frame.function_name().map(watshop_protocol::shown::shown);
            return TrapFrame {
                function,
                name,
                at: Place::default(),
                elsewhere: true,
                imprecise: false,
            };
        }
        let offset = self.offset_of(frame);
        let offset = match self.notes.sites {
            Sites::None => offset,
            Sites::Shared => offset.or_else(|| self.stored(function).filter(|_| innermost)),
            Sites::Host | Sites::All => self.stored(function).filter(|_| innermost).or(offset),
        };
        self.own(function, offset)
    }

    fn own(&self, function: u32, offset: Option<u32>) -> TrapFrame {
        let name = self.names.name(self.info, FunctionIndex::from_u32(function));
        TrapFrame {
            function,
            name,
            at: Place { offset, ..Place::default() },
            elsewhere: false,
            imprecise: false,
        }
    }

    /// The offset that Wasmer reports for a frame, unless several instructions share its code.
    fn offset_of(&self, frame: &FrameInfo) -> Option<u32> {
        let offset = u32::try_from(frame.module_offset()).ok()?;
        // Both values mean that Wasmer does not know the offset.
        let known = offset != 0 && offset != u32::MAX;
        // Beyond the end of its map of a function, Wasmer reports the beginning of the function.
        let begins = self.notes.sites == Sites::Shared && frame.func_offset() == 0;
        let shared = self
            .local(frame.func_index())
            .is_some_and(|at| self.notes.ends.get(at) == Some(&offset));
        (known && !shared && !begins).then_some(offset)
    }

    /// The offset that the guest stored, if it lies in this function.
    fn stored(&self, function: u32) -> Option<u32> {
        let at = self.local(function)?;
        let end = *self.notes.ends.get(at)?;
        let before = at.checked_sub(1).and_then(|at| self.notes.ends.get(at)).copied().unwrap_or(0);
        self.site.filter(|site| (before..=end).contains(site))
    }

    fn local(&self, function: u32) -> Option<usize> {
        self.info.local_func_index(FunctionIndex::from_u32(function)).map(|local| local.index())
    }
}

/// True if the guest stores its offset before a trap of this kind.
fn stores(sites: Sites, kind: TrapKind, running: &RunningJob<'_>) -> bool {
    match (sites, kind) {
        (Sites::None, _) | (_, TrapKind::StackOverflow | TrapKind::Other) => false,
        (Sites::Host, kind) => {
            kind == TrapKind::WaitOnUnsharedMemory
                || kind == TrapKind::HostFunction && !running.called_back()
        }
        // An instruction that faults by itself stores no offset.
        (Sites::All, TrapKind::OutOfBoundsMemoryAccess) => running.faulted().is_none(),
        // If the host has called the guest, the guest has stored another offset.
        (_, TrapKind::HostFunction) => !running.called_back(),
        _ => true,
    }
}
