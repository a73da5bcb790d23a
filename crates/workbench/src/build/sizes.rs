//! Measures the sizes of our own executables.

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Mutex;
use std::time::SystemTime;
use watshop_protocol::say;

use watshop_protocol::page::{Compiler, ProgramSize, Result, Sizes};

use crate::config::{Config, file_error};
use crate::process::RunnerKind;
use crate::sync::lock;

/// The sizes. Each executable is measured once, and again if it was installed or replaced since.
#[derive(Debug, Default)]
pub(crate) struct ProgramSizes(Mutex<HashMap<String, (SystemTime, ProgramSize)>>);

impl ProgramSizes {
    /// The sizes of the runners and of the installed compilers. The first call takes as long as
    /// compressing all of them.
    pub(crate) fn weigh(&self, config: &Config) -> Result<Sizes> {
        let compilers =
            Compiler::ALL.map(|it| (format!("watshop-compiler-{}", it.as_str()), Some(it)));
        let runners = [RunnerKind::Light, RunnerKind::Wasix].map(|it| (it.program().into(), None));
        let programs = runners.into_iter().chain(compilers);
        let mut sizes = Sizes { programs: Vec::new() };
        for (name, compiler) in programs {
            let path = config.program(&name);
            match self.weigh_one(&path, name, compiler) {
                Ok(size) => sizes.programs.push(size),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(file_error(say!("Reading"), &path, &error)),
            }
        }
        Ok(sizes)
    }

    fn weigh_one(
        &self,
        path: &Path,
        name: String,
        compiler: Option<Compiler>,
    ) -> io::Result<ProgramSize> {
        let made = path.metadata()?.modified()?;
        if let Some((of, known)) = lock(&self.0).get(&name)
            && *of == made
        {
            return Ok(known.clone());
        }
        let (size, compressed) = weigh(path)?;
        let weighed = ProgramSize { name: name.clone(), compiler, size, compressed };
        lock(&self.0).insert(name, (made, weighed.clone()));
        Ok(weighed)
    }
}

fn weigh(path: &Path) -> io::Result<(u64, u64)> {
    let (file, size) = watshop_artifact::open_regular(path)?;
    let mut compressed =
        zstd::stream::read::Encoder::new(BufReader::new(file), zstd::DEFAULT_COMPRESSION_LEVEL)?;
    Ok((size, io::copy(&mut compressed, &mut io::sink())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_weighed_as_it_is_and_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zeros");
        std::fs::write(&path, vec![0; 100_000]).unwrap();
        let (size, compressed) = weigh(&path).unwrap();
        assert_eq!(size, 100_000);
        assert!(compressed > 0 && compressed < 1000, "{compressed}");
    }
}
