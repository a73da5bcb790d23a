//! The compiled modules of a script.

use std::path::PathBuf;

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine, Error, ErrorCode, Proposals};
use watshop_tests::process::CompilerProcess;

use crate::plain;
use crate::script::{BEYOND, REFUSED};

/// A compiled module.
#[derive(Clone)]
pub struct Artifact {
    pub sealed: PathBuf,
    pub payload_hash: String,
}

pub struct Artifacts {
    pub compiler: Compiler,
    engine: Engine,
    proposals: Proposals,
    process: CompilerProcess,
    pub folder: TempDir,
    count: u32,
}

impl Artifacts {
    pub fn new(compiler: Compiler, engine: Engine, proposals: Proposals) -> Self {
        let process = CompilerProcess::start(compiler);
        Self {
            compiler,
            engine,
            proposals,
            process,
            folder: tempfile::tempdir().unwrap(),
            count: 0,
        }
    }

    pub fn compile(&mut self, binary: &[u8]) -> Result<Artifact, Box<Error>> {
        self.count += 1;
        let sealed = self.folder.path().join(format!("{}.wshop", self.count));
        let passport = self.process.compile(binary, self.engine, self.proposals, &sealed)?;
        Ok(Artifact { sealed, payload_hash: passport.payload_hash })
    }

    /// Compiles a module. A limit of the compiler is a reason to skip it.
    pub fn make(&mut self, binary: &[u8]) -> Result<Result<Artifact, &'static str>, Box<Error>> {
        match self.compile(binary) {
            Ok(artifact) => Ok(Ok(artifact)),
            Err(error) if error.code == ErrorCode::CompilerRefused => match plain::fault(&error) {
                None => Ok(Err(REFUSED)),
                Some(fault) => Err(Box::new(Error { message: fault, ..*error })),
            },
            Err(error) if error.code == ErrorCode::InvalidModule => Ok(Err(BEYOND)),
            Err(error) => Err(error),
        }
    }
}
