//! Checking an exported file. It is read again by the crate `object`, which had no part in making
//! it.

use object::{BinaryFormat, Object as _, ObjectKind, ObjectSymbol as _};
use target_lexicon::{Architecture, BinaryFormat as Format, Triple};
use watshop_protocol::Sentence;
use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;

/// The kind of an object file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectFile {
    /// An object file for a linker.
    Relocatable,
    /// A shared library, for the loader of a system.
    Shared,
}

/// Checks an object file: its format and machine are those of the triple, and it defines the
/// symbols.
///
/// # Errors
///
/// `export_damaged` with the difference.
pub fn verify_object(
    bytes: &[u8],
    wanted: ObjectFile,
    triple: &str,
    symbols: &[String],
) -> Result<()> {
    let file = object::File::parse(bytes)
        .map_err(|error| damaged_error(say!("it cannot be read again ({error})")))?;
    let triple: Triple =
        triple.parse().map_err(|_| damaged_error(say!("`{triple}` is not a triple")))?;
    let format = match file.format() {
        BinaryFormat::Elf => Format::Elf,
        BinaryFormat::MachO => Format::Macho,
        BinaryFormat::Coff | BinaryFormat::Pe => Format::Coff,
        _ => Format::Unknown,
    };
    if format != triple.binary_format {
        return Err(damaged_error(say!(
            "it is {:?}, and {triple} has {:?}",
            file.format(),
            triple.binary_format
        )));
    }
    let machine = machine(triple.architecture);
    if Some(file.architecture()) != machine {
        return Err(damaged_error(say!("it is for {:?}, not for {triple}", file.architecture())));
    }
    let kind = match wanted {
        ObjectFile::Relocatable => ObjectKind::Relocatable,
        ObjectFile::Shared => ObjectKind::Dynamic,
    };
    // The header of a DLL calls it an executable image. The flag that makes it a DLL is one that
    // the crate `object` does not show.
    let image = wanted == ObjectFile::Shared && file.format() == BinaryFormat::Pe;
    if file.kind() != kind && !image {
        return Err(damaged_error(say!("it is {:?}, not {kind:?}", file.kind())));
    }
    if image {
        return Ok(()); // Without a list of exports a DLL has no names to look at.
    }
    let defined: std::collections::HashSet<_> =
        file.symbols()
            .chain(file.dynamic_symbols())
            .filter(|symbol| symbol.is_definition())
            .filter_map(|symbol| symbol.name().ok())
            // Mach-O puts an underscore before the names of C.
            .map(|name| {
                if format == Format::Macho { name.strip_prefix('_').unwrap_or(name) } else { name }
            })
            .collect();
    match symbols.iter().find(|name| !defined.contains(name.as_str())) {
        Some(missing) => Err(damaged_error(say!("it lacks the symbol {missing}"))),
        None => Ok(()),
    }
}

fn machine(of: Architecture) -> Option<object::Architecture> {
    Some(match of {
        Architecture::X86_64 => object::Architecture::X86_64,
        Architecture::X86_32(_) => object::Architecture::I386,
        Architecture::Aarch64(_) => object::Architecture::Aarch64,
        Architecture::Riscv64(_) => object::Architecture::Riscv64,
        Architecture::LoongArch64 => object::Architecture::LoongArch64,
        _ => return None,
    })
}

/// The error of an export that differs from the request.
pub fn damaged_error(why: Sentence) -> Error {
    Error::new(ErrorCode::ExportDamaged, say!("The exported file is wrong: {why}.")).help(say!(
        "The file was not kept. Try another compiler. If none makes it, please report it."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_executable_is_no_object_of_another_machine() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let error = |triple| {
            verify_object(&bytes, ObjectFile::Relocatable, triple, &[]).unwrap_err().message
        };
        assert!(error("aarch64-apple-darwin").contains("Macho"));
        assert!(error("riscv64gc-unknown-linux-gnu").contains("not for"));
    }

    #[test]
    fn a_symbol_that_is_not_there_is_named() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let host = crate::Machine::host().triple;
        let error = verify_object(&bytes, ObjectFile::Shared, &host, &["no_such_symbol".into()])
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::ExportDamaged);
        assert!(error.message.contains("no_such_symbol"), "{error}");
    }

    #[test]
    fn garbage_cannot_be_read_again() {
        for bytes in [b"".as_slice(), b"\x7fELF", &[0; 4096]] {
            assert!(
                verify_object(bytes, ObjectFile::Shared, "x86_64-unknown-linux-gnu", &[]).is_err()
            );
        }
    }
}
