use super::*;
use crate::wasi::capture::Known;
use watshop_protocol::wasi::FUNCTIONS;
use watshop_wasi::descriptors::{Descriptor, Descriptors};
use watshop_wasi::virtual_folder::{Room, VirtualFolder};
use watshop_wasi::{Generation, WasiFailure, WasiResult};

fn descriptors() -> Descriptors {
    let mut descriptors = Descriptors::default();
    let folder = VirtualFolder::new(Room { bytes: 0, nodes: 1 });
    descriptors.add(Descriptor::preopened(Box::new(folder), "/data".to_owned())).unwrap();
    descriptors
}

fn told(name: &str, arguments: &[u64], memory: &[u8], ended: &WasiResult) -> String {
    let known = Known::find(name).unwrap();
    let generation = Generation::Preview1;
    let mut call = Capture::begin(known, arguments, Some(memory), &descriptors(), generation);
    call.finish(ended, Some(memory));
    line(&call)
}

#[test]
fn a_path_its_flags_and_the_new_descriptor_are_told_by_name() {
    let mut memory = vec![0; 64];
    memory[8..12].copy_from_slice(b"ma\x1bd");
    memory[16] = 4;
    let arguments = [0, 1, 8, 4, 1 | 8, 2 | 64, 0, 1, 16];
    assert_eq!(
        told("path_open", &arguments, &memory, &Ok(())),
        "wasi: path_open(fd=0 (\"/data\"), dirflags=SYMLINK_FOLLOW, path=\"ma\\u{1b}d\", oflags=CREAT|TRUNC, \
         rights_base=FD_READ|FD_WRITE, rights_inheriting=0, fdflags=APPEND) = SUCCESS, opened=4\n"
    );
    let refused = Err(WasiFailure::Errno(Errno::NOENT));
    assert!(
        told("path_open", &arguments, &memory, &refused)
            .ends_with(" = NOENT (There is no such file or folder)\n")
    );
}

#[test]
fn bytes_that_are_written_or_read_are_shown_and_cut() {
    let mut memory = vec![b'x'; 512];
    memory[..8].copy_from_slice(&[100, 0, 0, 0, 200, 0, 0, 0]);
    memory[16..20].copy_from_slice(&[2, 0, 0, 0]);
    let written = told("fd_write", &[7, 0, 1, 16], &memory, &Ok(()));
    let bytes = "x".repeat(64);
    assert_eq!(
        written,
        format!(
            "wasi: fd_write(fd=7 (not open), iovs=1 at 0x0 with 200 bytes \"{bytes}\"…) = SUCCESS, written=2\n"
        )
    );
    assert_eq!(
        told("fd_read", &[7, 0, 1, 16], &memory, &Ok(())),
        "wasi: fd_read(fd=7 (not open), iovs=1 at 0x0 with 200 bytes) = SUCCESS, read=2 \"xx\"\n"
    );
}

#[test]
fn arguments_that_point_nowhere_are_told_and_no_panic() {
    let far = u64::from(u32::MAX);
    for function in FUNCTIONS {
        for value in [0, 1, far, u64::MAX] {
            let arguments: Vec<_> = function
                .parameters
                .iter()
                .map(|parameter| if parameter.kind.bits() == 32 { value & far } else { value })
                .collect();
            for memory in [&[][..], &[0xff; 32]] {
                let text = told(function.name, &arguments, memory, &Ok(()));
                assert!(text.starts_with(&format!("wasi: {}(", function.name)), "{text}");
                assert_eq!(text.matches('\n').count(), 1, "{text}");
            }
        }
    }
}

#[test]
fn a_place_is_told_by_the_numbers_of_its_generation() {
    let of_generation = |generation| {
        let arguments = [0, u64::MAX, 0, 8];
        let of = descriptors();
        let known = Known::find("fd_seek").unwrap();
        let mut call = Capture::begin(known, &arguments, None, &of, generation);
        call.finish(&Err(WasiFailure::Stopped), None);
        line(&call)
    };
    assert_eq!(
        of_generation(Generation::Preview1),
        "wasi: fd_seek(fd=0 (\"/data\"), offset=-1, whence=SET): stopped\n"
    );
    assert!(of_generation(Generation::Snapshot0).contains("whence=CUR"));
}
