//! Answers requests while the guest runs: it stops the guest, and looks into its instance.

use std::sync::PoisonError;
use watshop_protocol::say;

use watshop_protocol::bounds::{MOST_BYTES, MOST_ELEMENTS_READ, MOST_SAMPLES_READ};
use watshop_protocol::instance::{
    AtOnce, Calls, ClearCalls, ClearWasiCalls, Exports, FindExports, InputTaken, MemoryPiece,
    MemoryWritten, PauseCalls, ReadCalls, ReadCode, ReadCounts, ReadExports, ReadMemory,
    ReadSamples, ReadTable, RecordWasiCalls, SamplesPiece, Stop, StopAnswer, TablePiece,
    WriteInput, WriteMemory,
};
use watshop_protocol::page::{
    CodeView, DoneReply, Error, ErrorCode, ExportList, InstructionCounts, Result,
};

use crate::exports::{LiveInstance, no_instance_error};
use crate::memory;
use crate::threads::Threads;

/// Answers requests about the instance of these threads.
pub struct InstanceReader<'a>(pub &'a Threads);

impl InstanceReader<'_> {
    fn window<T>(&self, look: impl FnOnce(&LiveInstance) -> Result<T>) -> Result<T> {
        let shown = self.0.shown.lock().unwrap_or_else(PoisonError::into_inner);
        look(shown.as_ref().ok_or_else(no_instance_error)?)
    }
}

impl AtOnce for InstanceReader<'_> {
    fn read_memory(&mut self, asked: ReadMemory) -> Result<(MemoryPiece, Vec<u8>)> {
        bounded(asked.length, MOST_BYTES, "bytes")?;
        let (pages, bytes) =
            self.window(|window| window.memory(&asked.memory, asked.offset.0, asked.length))?;
        Ok((MemoryPiece { pages }, bytes))
    }

    fn write_memory(&mut self, asked: WriteMemory, bytes: &[u8]) -> Result<MemoryWritten> {
        self.window(|window| {
            let extent = window.extent(&asked.memory)?;
            memory::write(extent, asked.offset.0, bytes)?;
            Ok(MemoryWritten {
                pages: (extent.1 / memory::PAGE) as u64,
                running: self.0.stop.busy(),
            })
        })
    }

    fn read_table(&mut self, asked: ReadTable) -> Result<TablePiece> {
        bounded(asked.length, MOST_ELEMENTS_READ, "elements")?;
        let (size, elements) =
            self.window(|window| window.table(&asked.table, asked.offset, asked.length))?;
        Ok(TablePiece { size, elements })
    }

    fn read_exports(&mut self, _: ReadExports) -> Result<Exports> {
        self.window(|window| Ok(Exports { exports: window.exports() }))
    }

    fn find_exports(&mut self, asked: FindExports) -> Result<ExportList> {
        self.window(|window| Ok(window.find(&asked.wanted, asked.functions, asked.from)))
    }

    fn stop(&mut self, _: Stop) -> Result<StopAnswer> {
        Ok(StopAnswer { running: self.0.stop.stop() })
    }

    fn write_input(&mut self, asked: WriteInput, bytes: &[u8]) -> Result<InputTaken> {
        let taken = self.0.input.write(bytes, asked.end).ok_or_else(no_reader_error)?;
        // A request has far fewer than 4 GiB.
        Ok(InputTaken { taken: taken as u32 })
    }

    fn read_code(&mut self, _: ReadCode) -> Result<CodeView> {
        self.window(|window| Ok(window.code()))
    }

    fn read_counts(&mut self, _: ReadCounts) -> Result<InstructionCounts> {
        self.window(|window| Ok(window.counts()))
    }

    fn read_calls(&mut self, asked: ReadCalls) -> Result<Calls> {
        Ok(self.0.calls.read(asked.after, asked.limit))
    }

    fn clear_calls(&mut self, _: ClearCalls) -> Result<DoneReply> {
        self.0.calls.clear();
        Ok(DoneReply {})
    }

    fn read_samples(&mut self, asked: ReadSamples) -> Result<(SamplesPiece, Vec<u8>)> {
        bounded(asked.limit, MOST_SAMPLES_READ, "samples")?;
        let (total, bytes) = self.0.samples.read(asked.from, asked.limit);
        Ok((SamplesPiece { total }, bytes))
    }

    fn pause_calls(&mut self, asked: PauseCalls) -> Result<DoneReply> {
        self.0.calls.pause(asked.paused);
        Ok(DoneReply {})
    }

    fn clear_wasi_calls(&mut self, _: ClearWasiCalls) -> Result<DoneReply> {
        self.0.timeline.clear();
        Ok(DoneReply {})
    }

    fn record_wasi_calls(&mut self, asked: RecordWasiCalls) -> Result<DoneReply> {
        self.0.timeline.record(asked.on);
        Ok(DoneReply {})
    }
}

fn no_reader_error() -> Error {
    Error::new(ErrorCode::NoInstance, say!("No program reads its standard input now."))
        .help(say!("Run a WASI program that reads it."))
}

fn bounded(wanted: u32, most: u32, of: &str) -> Result<()> {
    if wanted <= most {
        return Ok(());
    }
    let why = say!("{wanted} {of} are too many for one answer; {most} are the most.");
    Err(Error::new(ErrorCode::BadRequest, why).help(say!("Ask for them in pieces.")))
}
