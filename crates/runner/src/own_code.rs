//! Where the code of this executable and of its libraries lies.

use std::ops::Range;
use std::sync::OnceLock;

/// The addresses of all code that the system loaded with this process: the runtime, the unwinder, the C library. The
/// guest's code is mapped by the runtime and is not among it, nor is what hands over arguments between the two.
///
/// Empty on systems where this is not known.
pub fn ranges() -> &'static [Range<usize>] {
    static RANGES: OnceLock<Vec<Range<usize>>> = OnceLock::new();
    RANGES.get_or_init(find)
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn find() -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // SAFETY: `note` gets the address of `found`, which outlives the call (dl_iterate_phdr(3)).
    unsafe { libc::dl_iterate_phdr(Some(note), (&raw mut found).cast()) };
    found
}

#[cfg(not(target_os = "linux"))]
fn find() -> Vec<Range<usize>> {
    Vec::new()
}

/// Notes the segments of one loaded file that can be executed.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
unsafe extern "C" fn note(
    file: *mut libc::dl_phdr_info,
    _size: libc::size_t,
    found: *mut libc::c_void,
) -> libc::c_int {
    // SAFETY: the linker's description is valid during the call, and `find` passes the address of such a list.
    let (file, found) = unsafe { (&*file, &mut *found.cast::<Vec<Range<usize>>>()) };
    if file.dlpi_phdr.is_null() {
        return 0;
    }
    // SAFETY: the description says how many headers there are, and they stay as long as the file is loaded.
    let headers = unsafe { std::slice::from_raw_parts(file.dlpi_phdr, file.dlpi_phnum.into()) };
    let executable =
        headers.iter().filter(|part| part.p_type == libc::PT_LOAD && part.p_flags & libc::PF_X != 0);
    found.extend(executable.map(|part| {
        let start = (file.dlpi_addr as usize).wrapping_add(part.p_vaddr as usize);
        start..start.saturating_add(part.p_memsz as usize)
    }));
    0
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn functions_of_this_program_and_of_its_libraries_are_in_it_and_data_is_not() {
        let knows = |address: usize| ranges().iter().any(|range| range.contains(&address));
        assert!(knows(ranges as *const () as usize));
        assert!(knows(libc::malloc as *const () as usize));
        let (there, here) = (Box::new(1), 2);
        assert!(!knows(&raw const *there as usize) && !knows(&raw const here as usize));
    }
}
