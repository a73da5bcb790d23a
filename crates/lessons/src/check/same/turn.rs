//! One call of an attempt and of the solution, with the memory before and after it.

use watshop_protocol::page::{Outcome, Result};
use watshop_protocol::registry::WorkbenchApi;
use watshop_protocol::{Sentence, say};

use crate::check::tab::CheckTab;
use crate::check::{Attempt, Verdict, compared, hexadecimal, shown, told};
use crate::expectation::LessonCall;

/// The bytes of memory that are compared after each call.
const COMPARED: u32 = 64 << 10;

/// The most bytes of the memory that a difference shows.
const SHOWN: usize = 16;

/// A call with the memory before it: the address, and the bytes that are written there.
#[derive(Clone)]
pub(super) struct Turn {
    pub(super) call: LessonCall,
    pub(super) memory: Option<(u64, Vec<u8>)>,
    /// The number of calls before it in its instance.
    pub(super) before: usize,
}

/// The end of a call, and the memory after it.
#[derive(Clone)]
pub(super) struct Ended {
    pub(super) text: Sentence,
    told: Option<Sentence>,
    memory: Option<Vec<u8>>,
}

impl Ended {
    fn of(outcome: &Outcome, memory: Option<Vec<u8>>) -> Self {
        Self { text: shown(outcome), told: told(outcome), memory }
    }

    pub(super) fn plain(text: Sentence) -> Self {
        Self { text, told: None, memory: None }
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        self.text.text == other.text.text && self.memory == other.memory
    }
}

/// A turn for which the attempt and the solution differ.
pub(super) struct Difference {
    pub(super) turn: Turn,
    pub(super) got: Ended,
    pub(super) wanted: Ended,
}

/// The difference of one turn in instances of their own, if there is one.
pub(super) async fn alone<W: WorkbenchApi>(
    workbench: &W,
    attempts: [&Attempt<'_>; 2],
    turn: &Turn,
) -> Result<Option<Difference>> {
    let turn = Turn { before: 0, ..turn.clone() };
    let mut ends = Vec::new();
    for attempt in attempts {
        let tab = CheckTab::begin(workbench, attempt).await?;
        let end = async {
            tab.run().await?;
            once(&tab, &turn).await
        };
        let ended = end.await;
        tab.end().await;
        ends.push(ended?);
    }
    let difference = |[got, wanted]: [Ended; 2]| Difference { turn, got, wanted };
    let both: Option<[Ended; 2]> = ends.try_into().ok();
    Ok(both.filter(|[got, wanted]| !got.is(wanted)).map(difference))
}

/// One call: its end, and the memory after it if it was written before the call.
pub(super) async fn once<W: WorkbenchApi>(tab: &CheckTab<'_, W>, turn: &Turn) -> Result<Ended> {
    if let Some((at, bytes)) = &turn.memory
        && let Err(error) = tab.write(*at, bytes.clone()).await
    {
        return Ok(Ended::of(&Outcome::Failed { error }, None));
    }
    let outcome = tab.call(&turn.call).await?;
    let memory = match turn.memory {
        Some(_) => tab.memory(0, COMPARED).await?,
        None => None,
    };
    Ok(Ended::of(&outcome, memory))
}

impl Difference {
    /// The two ends, or the first byte of memory that differs if the ends are the same.
    pub(super) fn verdict(self) -> Verdict {
        let Self { turn: Turn { call, memory, before }, got, wanted } = self;
        let mut about = Vec::new();
        let (mut here, there) = if got.text.text == wanted.text.text {
            let (here, there) = (got.memory.unwrap_or_default(), wanted.memory.unwrap_or_default());
            let at = here.iter().zip(&there).position(|(a, b)| a != b).unwrap_or(here.len());
            let byte = |bytes: &[u8]| match bytes.get(at) {
                Some(byte) => say!("{byte:02x} at address {at}"),
                None => say!("no byte at address {at}"),
            };
            (byte(&here), byte(&there))
        } else {
            (got.told.unwrap_or(got.text), wanted.text)
        };
        if let Some((at, bytes)) = memory {
            let more = if bytes.len() > SHOWN { " …" } else { "" };
            let shown = hexadecimal(&bytes[..bytes.len().min(SHOWN)]);
            about.push(say!("memory from {at} on was {shown}{more}"));
        }
        match before {
            0 => {}
            1 => about.push(say!("one call came before")),
            more => about.push(say!("{more} calls came before")),
        }
        if let Some(about) = about.into_iter().reduce(|before, next| say!("{before}; {next}")) {
            here = say!("{here} ({about})");
        }
        compared(here, there).with(&call)
    }
}
