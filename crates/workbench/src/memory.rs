//! Looking into the memories of an instance and changing them, also while its guest runs.

use std::sync::Arc;

use watshop_protocol::page::registry::{
    CompareMemory, FillMemory, GrowMemory, MemoryPiece, ReadMemory, ReadSegments, SearchMemory, SurveyMemory,
    TakeSnapshot, WriteMemory,
};
use watshop_protocol::page::{
    DataSegments, Error, ErrorCode, MemoryDifferences, MemoryFound, MemoryOverview, MemoryRange,
    MemorySnapshot, MemoryWritten, Result,
};
use watshop_protocol::process::runner::{Answer, Request};

use crate::activity::Activity;
use crate::bench::Bench;
use crate::call::{instance_of, no_instance};
use crate::runner::{Lost, unexpected};
use crate::tab::Tab;

/// Most bytes of memory in one question or answer.
const PIECE: u32 = 1 << 20;

impl Bench {
    /// Bytes of a memory.
    pub(crate) async fn memory(&self, tab: &Tab, asked: ReadMemory) -> Result<(MemoryPiece, Vec<u8>)> {
        let offset = address(&asked.offset)?;
        if asked.length > PIECE {
            return Err(Error::new(
                ErrorCode::BadRequest,
                format!("{} bytes are more than one answer holds, which is {PIECE}.", asked.length),
            ));
        }
        let request = Request::ReadMemory { memory: asked.memory, offset, length: asked.length };
        match ask(tab, request, None).await? {
            (generation, Answer::Memory { pages }, bytes) => Ok((MemoryPiece { generation, pages }, bytes)),
            (_, answer, _) => Err(unexpected(&answer)),
        }
    }

    /// Puts bytes into a memory.
    pub(crate) async fn write_memory(
        &self,
        tab: &Tab,
        asked: WriteMemory,
        bytes: Vec<u8>,
    ) -> Result<MemoryWritten> {
        let offset = address(&asked.offset)?;
        if bytes.len() > PIECE as usize {
            return Err(Error::new(
                ErrorCode::BadRequest,
                format!("{} bytes are more than are written at once, which is {PIECE}.", bytes.len()),
            )
            .help("Write them in pieces."));
        }
        written(ask(tab, Request::WriteMemory { memory: asked.memory, offset }, Some(bytes)).await?)
    }

    /// Fills a range of a memory.
    pub(crate) async fn fill_memory(
        &self,
        tab: &Tab,
        asked: FillMemory,
        bytes: Vec<u8>,
    ) -> Result<MemoryWritten> {
        let (offset, length) = (address(&asked.offset)?, address(&asked.length)?);
        if bytes.len() > PIECE as usize {
            let why = format!("{} bytes are too many to be repeated; {PIECE} are the most.", bytes.len());
            return Err(Error::new(ErrorCode::BadRequest, why));
        }
        written(ask(tab, Request::FillMemory { memory: asked.memory, offset, length }, Some(bytes)).await?)
    }

    /// Makes a memory larger. The instance is not the guest's while that happens, so it waits for no guest: error
    /// `busy` where one runs.
    pub(crate) async fn grow_memory(&self, tab: &Arc<Tab>, asked: GrowMemory) -> Result<MemoryPiece> {
        let turn = Activity::begin(tab)?;
        let (runner, generation) = instance_of(tab)?;
        let answer = runner.ask(Request::GrowMemory { memory: asked.memory, by: asked.by }).await;
        let grown = match answer {
            Ok((Answer::Grown { pages, exports }, _)) => {
                self.set_instance(tab, Some(tab.view_of(generation, exports, &runner)));
                Ok(MemoryPiece { generation, pages })
            }
            Ok((answer, _)) => Err(unexpected(&answer)),
            Err(lost) => Err(lost.into_error()),
        };
        turn.end(|| {});
        grown
    }

    /// Looks for bytes.
    pub(crate) async fn search_memory(
        &self,
        tab: &Tab,
        asked: SearchMemory,
        bytes: Vec<u8>,
    ) -> Result<MemoryFound> {
        let SearchMemory { memory, backwards, most, .. } = asked;
        let (start, end) = (address(&asked.start)?, address(&asked.end)?);
        let request = Request::SearchMemory { memory, start, end, backwards, most };
        match ask(tab, request, Some(bytes)).await? {
            (generation, Answer::Found { pages, found, next }, _) => Ok(MemoryFound {
                generation,
                pages,
                found: found.iter().map(u64::to_string).collect(),
                next: next.as_ref().map(u64::to_string),
            }),
            (_, answer, _) => Err(unexpected(&answer)),
        }
    }

    /// Where a memory has data.
    pub(crate) async fn survey_memory(
        &self,
        tab: &Tab,
        asked: SurveyMemory,
    ) -> Result<(MemoryOverview, Vec<u8>)> {
        let (offset, bucket) = (address(&asked.offset)?, address(&asked.bucket)?);
        let request = Request::SurveyMemory { memory: asked.memory, offset, bucket, most: asked.most };
        match ask(tab, request, None).await? {
            (generation, Answer::Memory { pages }, hashes) => {
                Ok((MemoryOverview { generation, pages }, hashes))
            }
            (_, answer, _) => Err(unexpected(&answer)),
        }
    }

    /// Keeps what a memory holds.
    pub(crate) async fn take_snapshot(&self, tab: &Tab, asked: TakeSnapshot) -> Result<MemorySnapshot> {
        match ask(tab, Request::TakeSnapshot { memory: asked.memory, kind: asked.kind }, None).await? {
            (generation, Answer::Kept { pages, bytes }, _) => {
                Ok(MemorySnapshot { generation, pages, kept: bytes })
            }
            (_, answer, _) => Err(unexpected(&answer)),
        }
    }

    /// What has changed since a snapshot.
    pub(crate) async fn compare_memory(
        &self,
        tab: &Tab,
        asked: CompareMemory,
    ) -> Result<(MemoryDifferences, Vec<u8>)> {
        let CompareMemory { memory, kind, most, .. } = asked;
        let (offset, length) = (address(&asked.offset)?, address(&asked.length)?);
        let request = Request::CompareMemory { memory, kind, offset, length, most };
        match ask(tab, request, None).await? {
            (generation, Answer::Compared { pages, ranges, next }, told) => {
                let range = |(offset, length): (u64, u64)| MemoryRange {
                    offset: offset.to_string(),
                    length: length.to_string(),
                };
                let ranges = ranges.into_iter().map(range).collect();
                let next = next.map(|next| next.to_string());
                Ok((MemoryDifferences { generation, pages, ranges, next }, told))
            }
            (_, answer, _) => Err(unexpected(&answer)),
        }
    }

    /// The data segments of the module that the instance was made from.
    pub(crate) async fn segments(&self, tab: &Tab, asked: ReadSegments) -> Result<DataSegments> {
        let shown = {
            let held = tab.held();
            held.instance.as_ref().ok_or_else(no_instance)?;
            Arc::clone(&held.shown)
        };
        crate::open::blocking(move || match shown.binary() {
            Some(binary) => watshop_module::segments(&binary, &asked.memory),
            None => Ok(DataSegments { segments: Vec::new(), count: 0 }),
        })
        .await
    }
}

/// Asks the runner of the tab's instance; its generation, the answer and the bytes with it.
async fn ask(tab: &Tab, request: Request, bytes: Option<Vec<u8>>) -> Result<(u32, Answer, Vec<u8>)> {
    let (runner, generation) = instance_of(tab)?;
    let answer = runner.ask_with(request, bytes.map(Into::into)).await;
    answer.map(|(answer, bytes)| (generation, answer, bytes)).map_err(Lost::into_error)
}

fn written((generation, answer, _): (u32, Answer, Vec<u8>)) -> Result<MemoryWritten> {
    match answer {
        Answer::Written { pages, running } => Ok(MemoryWritten { generation, pages, running }),
        answer => Err(unexpected(&answer)),
    }
}

/// An address or a length, decimal or hexadecimal.
fn address(text: &str) -> Result<u64> {
    let number = match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    number.map_err(|_| {
        Error::new(
            ErrorCode::BadRequest,
            format!("`{text}` is not an address: write a number such as 65536 or 0x10000."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_exact_beyond_what_a_double_holds() {
        assert_eq!(address("9007199254740993").unwrap(), 9_007_199_254_740_993);
        assert_eq!(address("0xffffffffffffffff").unwrap(), u64::MAX);
        for text in ["", "-1", "0x", "18446744073709551616", "1.5", "ten"] {
            assert_eq!(address(text).unwrap_err().code, ErrorCode::BadRequest, "{text}");
        }
    }
}
