//! Finds the code of this executable and of its libraries.

use std::ops::Range;
use std::sync::OnceLock;

/// The addresses of all code that the system loaded with this process. The guest's code is not
/// among it, because the runtime maps that, and neither are the trampolines between the two.
#[derive(Debug, Default)]
pub struct OwnCode {
    /// The code of the executable: the runner and the runtime.
    pub program: Vec<Range<usize>>,
    /// The code of the libraries, such as the unwinder and the C library.
    pub libraries: Vec<Range<usize>>,
}

/// The code's addresses.
pub fn own_code() -> &'static OwnCode {
    static CODE: OnceLock<OwnCode> = OnceLock::new();
    CODE.get_or_init(find)
}

#[expect(unsafe_code, reason = "the linker tells what it loaded only by a C function")]
fn find() -> OwnCode {
    let mut found = OwnCode::default();
    // SAFETY: `note` gets the address of `found`, which outlives the call (dl_iterate_phdr(3)).
    unsafe { libc::dl_iterate_phdr(Some(note), (&raw mut found).cast()) };
    found
}

/// Notes the executable segments of one loaded file.
#[expect(unsafe_code, reason = "the linker calls it back")]
unsafe extern "C" fn note(
    file: *mut libc::dl_phdr_info,
    _size: libc::size_t,
    found: *mut libc::c_void,
) -> libc::c_int {
    // SAFETY: the linker's description is valid during the call, and `find` passes the address of
    // an `OwnCode`.
    let (file, found) = unsafe { (&*file, &mut *found.cast::<OwnCode>()) };
    if file.dlpi_phdr.is_null() {
        return 0;
    }
    // SAFETY: the description has the number of headers, and they stay as long as the file is
    // loaded.
    let headers = unsafe { std::slice::from_raw_parts(file.dlpi_phdr, file.dlpi_phnum.into()) };
    let executable = headers
        .iter()
        .filter(|part| part.p_type == libc::PT_LOAD && part.p_flags & libc::PF_X != 0);
    // The program itself comes first (dl_iterate_phdr(3)).
    let of = if found.program.is_empty() { &mut found.program } else { &mut found.libraries };
    of.extend(executable.map(|part| {
        let start = (file.dlpi_addr as usize).wrapping_add(part.p_vaddr as usize);
        start..start.saturating_add(part.p_memsz as usize)
    }));
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_this_program_and_of_its_libraries_are_told_apart_and_data_is_in_neither() {
        let is_in = |code: &[Range<usize>], address: usize| {
            code.iter().any(|range| range.contains(&address))
        };
        let OwnCode { program, libraries } = own_code();
        assert!(is_in(program, own_code as *const () as usize));
        // SAFETY: looks a name up, and calls no function.
        #[expect(unsafe_code, reason = "a name is looked up by a C function")]
        let malloc = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"malloc".as_ptr()) };
        assert!(is_in(libraries, malloc as usize));
        let (there, here) = (Box::new(1), 2);
        for address in [&raw const *there as usize, &raw const here as usize] {
            assert!(!is_in(program, address) && !is_in(libraries, address));
        }
    }
}
