//! Wasmer's own files: a serialised module (`.wasmu`), or the shared object of its ELF artifacts.
//! They have no passport, so their description is read from the code itself.

use memchr::memmem;
use object::{Object as _, ObjectSection as _};
use target_lexicon::{
    Aarch64Architecture, Architecture, BinaryFormat, Riscv64Architecture, Triple,
};
use watshop_protocol::page::Engine;
use watshop_protocol::passport::{ABI, CodeSection, FORMAT, Passport};
use watshop_protocol::say;

use crate::ArtifactError;

/// The first bytes of a serialised module: `wasmer_compiler::ArtifactBuild::MAGIC_HEADER`.
const SERIALISED: &[u8] = b"wasmer-universal";

/// The header behind them, `wasmer_types::MetadataHeader`: this magic, then version and length as
/// 32-bit integers.
const HEADER: &[u8] = b"WASMER\0\0";

/// The offset of the module behind both.
const MODULE: usize = 32;

/// A section that every ELF artifact of Wasmer 7.5 has
/// (`wasmer_compiler::WASMER_MODULE_INFO_SECTION_NAME`).
const MODULE_INFO: &str = ".w.module_info";

/// The jump to a function of the runtime. Every serialised module has a row of them, one for each
/// function (`wasmer_compiler::artifact_builders::trampoline`, 7.5). They are the same in every
/// module for one CPU.
const JUMPS: [(Architecture, &[u8], usize); 4] = [
    (Architecture::X86_64, &[0xff, 0x25, 2, 0, 0, 0, 0, 0], 16),
    (
        Architecture::Aarch64(Aarch64Architecture::Aarch64),
        &[0x51, 0, 0, 0x58, 0x20, 0x02, 0x1f, 0xd6],
        16,
    ),
    (
        Architecture::Riscv64(Riscv64Architecture::Riscv64gc),
        &[0x17, 0x03, 0, 0, 0x03, 0x33, 0x03, 0x01, 0x67, 0, 0x03, 0],
        24,
    ),
    (
        Architecture::LoongArch64,
        &[0x0c, 0, 0, 0x18, 0x8c, 0x41, 0xc0, 0x28, 0x80, 0x01, 0, 0x4c],
        24,
    ),
];

/// The number of jumps in a row that cannot be a coincidence. Wasmer 7.5 has more than thirty.
const ENOUGH: usize = 8;

/// Returns true if bytes begin as a file of Wasmer's own does. An ELF file must also have Wasmer's
/// section.
pub(crate) fn is_foreign(bytes: &[u8]) -> bool {
    bytes.starts_with(SERIALISED) || elf(bytes).is_some()
}

/// A passport of a file of Wasmer's own, made from its code.
///
/// # Errors
///
/// [`ArtifactError::NotSealed`] if it is not such a file, [`ArtifactError::Foreign`] for another
/// version of Wasmer or a CPU that is not recognised, [`ArtifactError::Damaged`] if its length is
/// wrong.
pub(crate) fn passport(bytes: &[u8]) -> Result<Passport, ArtifactError> {
    let (engine, architecture) = engine_of(bytes)?;
    Ok(Passport {
        format: FORMAT,
        compiled: None,
        engine,
        triple: triple(architecture, engine).to_string(),
        cpu_features: Vec::new(),
        payload_hash: crate::hash(bytes),
        payload_size: bytes.len() as u64,
        sections: elf_sections(bytes),
        signature: None,
    })
}

/// The engine and the CPU that code is for, by the code itself.
///
/// # Errors
///
/// Those of [`passport`].
pub(crate) fn engine_of(bytes: &[u8]) -> Result<(Engine, Architecture), ArtifactError> {
    if bytes.starts_with(SERIALISED) {
        return Ok((Engine::Jit, serialised(bytes)?));
    }
    Ok((Engine::Native, elf(bytes).ok_or(ArtifactError::NotSealed)??))
}

/// The engine that code is for, by its first bytes; `None` if they belong to neither engine.
pub(crate) fn engine(bytes: &[u8]) -> Option<Engine> {
    if bytes.starts_with(SERIALISED) {
        return Some(Engine::Jit);
    }
    bytes.starts_with(b"\x7fELF").then_some(Engine::Native)
}

/// Returns true if serialised code for a CPU can be recognised. Wasmer also compiles for CPUs that
/// are not known here.
pub(crate) fn is_known(cpu: Architecture) -> bool {
    JUMPS.iter().any(|(known, ..)| *known == cpu)
}

fn serialised(bytes: &[u8]) -> Result<Architecture, ArtifactError> {
    let cut_short = || ArtifactError::Damaged(say!("it ends within its header"));
    let header = bytes.get(SERIALISED.len()..MODULE).ok_or_else(cut_short)?;
    let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| header[at + i]));
    let (abi, length) = (number(8), number(12));
    if !header.starts_with(HEADER) {
        return Err(ArtifactError::Damaged(say!("its header is not one of Wasmer's")));
    }
    if abi != ABI {
        return Err(ArtifactError::Foreign(say!(
            "its layout is number {abi} of Wasmer's, this runtime has number {ABI}"
        )));
    }
    let module = &bytes[MODULE..];
    whole(bytes, MODULE as u64 + u64::from(length))?;
    cpu_of(module)
        .ok_or_else(|| ArtifactError::Foreign(say!("nothing in it says which CPU its code is for")))
}

/// The CPU whose jumps stand in a row in a serialised module. The row is sought from the end, part
/// by part, because Wasmer writes it behind the functions: a search of the whole module takes
/// longer than all other checks together.
fn cpu_of(module: &[u8]) -> Option<Architecture> {
    /// A part, in bytes. It fits into a cache of the processor.
    const PART: usize = 128 << 10;
    /// The bytes of the next part that are searched with it. No row that is cut by the end of a
    /// part is missed.
    const OVERLAP: usize = 4096;
    let finders = JUMPS.map(|(cpu, jump, stride)| (cpu, memmem::Finder::new(jump), stride));
    let mut end = module.len();
    while end > 0 {
        let start = end.saturating_sub(PART);
        let part = &module[start..module.len().min(end + OVERLAP)];
        let rows = finders.iter().map(|(cpu, jump, stride)| (in_a_row(part, jump, *stride), *cpu));
        if let Some((ENOUGH.., cpu)) = rows.max_by_key(|(count, _)| *count) {
            return Some(cpu);
        }
        end = start;
    }
    None
}

/// Checks that nothing is missing at the end and that nothing follows. A sealed file with a damaged
/// seal must not count as one that never had a seal.
fn whole(bytes: &[u8], expected: u64) -> Result<(), ArtifactError> {
    let length = bytes.len() as u64;
    if length == expected {
        return Ok(());
    }
    Err(ArtifactError::Damaged(say!("it is {length} bytes long, and its header says {expected}")))
}

/// The offset at which an ELF file ends: behind its last section, or behind the table of sections.
fn elf_end(bytes: &[u8], file: &object::File<'_>) -> Option<u64> {
    let number = |at: usize, length: usize| {
        let mut value = [0; 8];
        value[..length].copy_from_slice(bytes.get(at..at + length)?);
        Some(u64::from_le_bytes(value))
    };
    // e_shoff, e_shentsize and e_shnum of a 64-bit file (System V ABI, chapter 4).
    let table = number(40, 8)?.checked_add(number(58, 2)?.checked_mul(number(60, 2)?)?)?;
    let sections = file.sections().filter_map(|section| section.file_range());
    let ends = sections.map(|(start, size)| start.checked_add(size));
    ends.chain([Some(table)]).try_fold(0, |end, one| Some(one?.max(end)))
}

/// The length of the longest row of a pattern that repeats every `stride` bytes.
fn in_a_row(bytes: &[u8], pattern: &memmem::Finder<'_>, stride: usize) -> usize {
    let (mut longest, mut row, mut next) = (0, 0, 0);
    for at in pattern.find_iter(bytes) {
        row = if at == next { row + 1 } else { 1 };
        next = at + stride;
        longest = longest.max(row);
    }
    longest
}

/// The CPU of an ELF artifact of Wasmer's; `None` if the file is not one.
fn elf(bytes: &[u8]) -> Option<Result<Architecture, ArtifactError>> {
    if !bytes.starts_with(b"\x7fELF") {
        return None;
    }
    let file = object::File::parse(bytes).ok()?;
    file.section_by_name(MODULE_INFO).filter(|section| section.size() > 0)?;
    let Some(end) = elf_end(bytes, &file) else {
        return Some(Err(ArtifactError::Damaged(say!("its sections lie outside of any file"))));
    };
    if let Err(damaged) = whole(bytes, end) {
        return Some(Err(damaged));
    }
    Some(match file.architecture() {
        object::Architecture::X86_64 => Ok(Architecture::X86_64),
        object::Architecture::Aarch64 => Ok(Architecture::Aarch64(Aarch64Architecture::Aarch64)),
        object::Architecture::Riscv64 => Ok(Architecture::Riscv64(Riscv64Architecture::Riscv64gc)),
        object::Architecture::LoongArch64 => Ok(Architecture::LoongArch64),
        other => Err(ArtifactError::Foreign(say!("its code is for {other:?}"))),
    })
}

/// The sections of an ELF file; an empty list for other files.
pub fn elf_sections(bytes: &[u8]) -> Vec<CodeSection> {
    /// The most sections that are listed. A compiler makes some twenty; an untrusted file may claim
    /// millions.
    const MOST: usize = 100;
    let Ok(file) = object::File::parse(bytes) else { return Vec::new() };
    let sections = file.sections().filter(|section| section.size() > 0).take(MOST);
    let told = sections.filter_map(|section| {
        // A section without bytes takes no space in the file.
        let (_, size) = section.file_range()?;
        Some(CodeSection { name: section.name().ok()?.chars().take(80).collect(), size })
    });
    told.collect()
}

/// The triple of foreign code. Serialised code does not name its system, so this machine's is taken
/// and the loader checks the rest. An ELF file is for Linux.
fn triple(architecture: Architecture, engine: Engine) -> Triple {
    let mut triple = target_lexicon::HOST.clone();
    triple.architecture = architecture;
    if engine == Engine::Native {
        triple.binary_format = BinaryFormat::Elf;
        triple.operating_system = target_lexicon::OperatingSystem::Linux;
        triple.environment = target_lexicon::Environment::Gnu;
    }
    triple
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A serialised module for a CPU that contains nothing but its jumps.
    pub(crate) fn serialised_for(cpu: Architecture) -> Vec<u8> {
        let (_, jump, stride) = JUMPS.iter().find(|(known, ..)| *known == cpu).unwrap();
        serialised(jump, *stride, 30)
    }

    /// A serialised module that contains nothing but its jumps.
    fn serialised(jump: &[u8], stride: usize, count: usize) -> Vec<u8> {
        let mut module = vec![0x90; 100];
        for _ in 0..count {
            module.extend_from_slice(jump);
            module.resize(module.len() + stride - jump.len(), 0);
        }
        let mut bytes = [SERIALISED, HEADER].concat();
        bytes.extend_from_slice(&ABI.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(module.len()).unwrap().to_le_bytes());
        bytes.extend(module);
        bytes
    }

    #[test]
    fn the_cpu_is_told_by_the_code() {
        for (cpu, jump, stride) in JUMPS {
            let bytes = serialised(jump, stride, 30);
            let passport = passport(&bytes).unwrap();
            let triple: Triple = passport.triple.parse().unwrap();
            assert_eq!((triple.architecture, passport.engine), (cpu, Engine::Jit));
            assert_eq!(passport.payload_hash, crate::hash(&bytes));
        }
    }

    #[test]
    fn a_cpu_that_cannot_be_told_is_not_guessed() {
        let (_, jump, stride) = JUMPS[0];
        let error = passport(&serialised(jump, stride, ENOUGH - 1)).unwrap_err();
        assert!(error.to_string().contains("says which CPU its code is for"), "{error}");
    }

    #[test]
    fn a_row_of_jumps_is_found_wherever_it_is() {
        let (cpu, jump, stride) = JUMPS[0];
        let row = [jump, &[0; 8]].concat().repeat(ENOUGH);
        assert_eq!(stride, jump.len() + 8);
        let mut module = vec![0x90; 600 << 10];
        let last = module.len() - row.len();
        for at in [0, 77, (300 << 10) + 5, module.len() - (128 << 10) - 60, last] {
            module[at..at + row.len()].copy_from_slice(&row);
            assert_eq!(cpu_of(&module), Some(cpu), "at {at}");
            module[at..at + row.len()].fill(0x90);
        }
        assert_eq!(cpu_of(&module), None);
    }

    #[test]
    fn another_layout_of_wasmers_is_named() {
        let (_, jump, stride) = JUMPS[0];
        let mut bytes = serialised(jump, stride, 30);
        bytes[24] = 23;
        let error = passport(&bytes).unwrap_err();
        assert!(
            matches!(&error, ArtifactError::Foreign(why) if why.contains("number 23")),
            "{error}"
        );
    }

    #[test]
    fn a_file_that_ends_early_or_late_is_damaged() {
        let (_, jump, stride) = JUMPS[0];
        let bytes = serialised(jump, stride, 30);
        for length in [SERIALISED.len(), MODULE - 1, MODULE, bytes.len() - 1] {
            let error = passport(&bytes[..length]).unwrap_err();
            assert!(matches!(error, ArtifactError::Damaged(_)), "{length}: {error}");
        }
        let longer = [&bytes, b"a seal that was damaged".as_slice()].concat();
        assert!(matches!(passport(&longer), Err(ArtifactError::Damaged(_))));
    }

    #[test]
    fn other_files_are_none() {
        let ourselves = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        for bytes in [b"".as_slice(), b"wasmer-universa", b"\x7fELF", b"\0asm", &ourselves] {
            assert!(!is_foreign(bytes));
            assert!(passport(bytes).is_err());
        }
    }
}
