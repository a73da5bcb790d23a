//! Repairs the relocations of arm64 Mach-O objects. Wasmer 7.5 writes their length in bits, but the
//! format wants the logarithm of the length in bytes. The two bits of the field keep 0 of the
//! number 32. That means one byte, and linkers reject it.

use std::ops::Range;

use ::object::macho::{ARM64_RELOC_ADDEND, ARM64_RELOC_BRANCH26};
use ::object::read::macho::{MachOFile64, Section as _};
use ::object::{Architecture, Endianness, Object as _};

/// The bytes of a relocation: an address of four bytes, then a word with symbol (24 bits), relative
/// (1), length (2), external (1) and kind (4).
const RELOCATION: usize = 8;
const FOUR_BYTES: u32 = 2;

/// Gives each relocation of an instruction the length of an instruction, four bytes. An object of
/// another kind stays as it is.
pub(crate) fn mend(object: &mut [u8]) {
    for range in relocations(object) {
        let all = object.get_mut(range).unwrap_or_default();
        for relocation in all.chunks_exact_mut(RELOCATION) {
            let word = &mut relocation[4..];
            let mut bits = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            let instruction = ARM64_RELOC_BRANCH26.0..=ARM64_RELOC_ADDEND.0;
            if instruction.contains(&((bits >> 28) as u8)) && (bits >> 25) & 3 == 0 {
                bits |= FOUR_BYTES << 25;
                word.copy_from_slice(&bits.to_le_bytes());
            }
        }
    }
}

/// The range of each section's relocations. The list is empty if this is not a Mach-O object for
/// arm64.
fn relocations(object: &[u8]) -> Vec<Range<usize>> {
    match MachOFile64::<Endianness>::parse(object) {
        Ok(file) if file.architecture() == Architecture::Aarch64 => {
            let endian = file.endian();
            let places = file.sections().map(|section| {
                let section = section.macho_section();
                let start = section.reloff(endian) as usize;
                start..start + section.nreloc(endian) as usize * RELOCATION
            });
            places.collect()
        }
        _ => Vec::new(),
    }
}
