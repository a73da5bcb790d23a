//! Waiting, and clocks.

use std::time::{Duration, Instant};

use watshop_wasi::{Errno, Generation};

use crate::guest::{CREATE, Guest, READ_WRITE, ROOT, everywhere, virtual_folder};

/// Puts subscriptions into memory: number, kind, descriptor or clock, nanoseconds, flags.
fn subscribe(guest: &mut Guest, all: &[(u64, u8, u32, u64, u16)]) {
    for (at, (user, tag, what, timeout, flags)) in (1000..).step_by(48).zip(all) {
        let mut bytes = [0; 48];
        bytes[..8].copy_from_slice(&user.to_le_bytes());
        bytes[8] = *tag;
        bytes[16..20].copy_from_slice(&what.to_le_bytes());
        bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
        bytes[40..42].copy_from_slice(&flags.to_le_bytes());
        guest.put(at, &bytes);
    }
}

/// What happened: number, error, kind, bytes.
fn poll(guest: &mut Guest, count: u32) -> Result<Vec<(u64, u16, u8, u64)>, Errno> {
    guest.call(|call| call.poll_oneoff(1000, 30_000, count, 500))?;
    let event = |at| {
        let head = guest.u32(at + 8);
        (guest.u64(at), head as u16, (head >> 16) as u8, guest.u64(at + 16))
    };
    Ok((30_000..).step_by(32).take(guest.u32(500) as usize).map(event).collect())
}

#[test]
fn a_file_can_always_be_read_and_written_and_what_is_not_open_is_told() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.write(fd, b"abcdef").unwrap();
        guest.seek(fd, 2, 0).unwrap();
        subscribe(
            guest,
            &[(1, 1, fd, 0, 0), (2, 2, fd, 0, 0), (3, 1, 99, 0, 0), (4, 0, 1, u64::MAX, 0)],
        );
        let told = poll(guest, 4).unwrap();
        assert_eq!(told[0], (1, 0, 1, 4));
        assert_eq!((told[1].0, told[1].1), (2, 0));
        assert_eq!((told[2].0, told[2].1), (3, Errno::BADF.0));
        assert_eq!(told.len(), 3);
    });
}

#[test]
fn the_first_clock_ends_the_wait() {
    let mut guest = Guest::new(Box::new(virtual_folder()));
    subscribe(&mut guest, &[(1, 0, 1, u64::MAX, 0), (2, 0, 0, 30_000_000, 0)]);
    let began = Instant::now();
    assert_eq!(poll(&mut guest, 2), Ok(vec![(2, 0, 0, 0)]));
    assert!(began.elapsed() >= Duration::from_millis(30));
    // A time that is over already.
    subscribe(&mut guest, &[(1, 0, 0, 1, 1)]);
    assert_eq!(poll(&mut guest, 1), Ok(vec![(1, 0, 0, 0)]));
    subscribe(&mut guest, &[(1, 0, 9, 1, 0), (2, 0, 2, 1, 0)]);
    let told = poll(&mut guest, 2).unwrap();
    assert_eq!([told[0].1, told[1].1], [Errno::INVAL.0, Errno::NOTSUP.0]);
    subscribe(&mut guest, &[(1, 3, 0, 0, 0)]);
    assert_eq!(poll(&mut guest, 1), Err(Errno::INVAL));
    assert_eq!(poll(&mut guest, 0), Err(Errno::INVAL));
    assert_eq!(poll(&mut guest, u32::MAX), Err(Errno::INVAL));
}

#[test]
fn snapshot_0_has_layouts_of_its_own() {
    let mut guest = Guest::new(Box::new(virtual_folder()));
    let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
    guest.write(fd, b"abcdef").unwrap();
    guest.generation = Generation::Snapshot0;
    assert_eq!(guest.seek(fd, 2, 2), Ok(2), "2 is from the beginning");
    assert_eq!(guest.seek(fd, 1, 0), Ok(3), "0 is from here");
    assert_eq!(guest.seek(fd, -1, 1), Ok(5), "1 is from the end");
    guest.link(ROOT, "file", ROOT, "second").unwrap();
    guest.put(20_000, &[0xee; 64]);
    guest.call(|call| call.fd_filestat_get(fd, 20_000)).unwrap();
    assert_eq!((guest.u32(20_020), guest.u64(20_024)), (2, 6));
    assert_eq!(guest.memory[20_056..20_064], [0xee; 8]);
    let mut bytes = [0; 56];
    (bytes[0], bytes[24]) = (7, 1);
    bytes[32..40].copy_from_slice(&1_000_u64.to_le_bytes());
    guest.put(1000, &bytes);
    assert_eq!(poll(&mut guest, 1), Ok(vec![(7, 0, 0, 0)]));
}

#[test]
fn clocks_go_on_and_random_bytes_differ() {
    let mut guest = Guest::new(Box::new(virtual_folder()));
    for clock in 0..4 {
        guest.call(|call| call.clock_time_get(clock, 0, 100)).unwrap();
        let first = guest.u64(100);
        guest.call(|call| call.clock_time_get(clock, 0, 100)).unwrap();
        assert!(guest.u64(100) >= first && first > 0, "{clock}");
        guest.call(|call| call.clock_res_get(clock, 100)).unwrap();
        assert!((1..1_000_000_000).contains(&guest.u64(100)));
    }
    assert_eq!(guest.call(|call| call.clock_time_get(4, 0, 100)), Err(Errno::INVAL));
    assert_eq!(guest.call(|call| call.clock_res_get(4, 100)), Err(Errno::INVAL));
    guest.call(|call| call.random_get(0, 1 << 17)).unwrap();
    assert_ne!(guest.memory[..64], guest.memory[64..128]);
    assert_eq!(guest.call(|call| call.random_get(1, 1 << 17)), Err(Errno::FAULT));
    assert_eq!(guest.call(|call| call.proc_raise(2)), Err(Errno::NOTSUP));
    assert_eq!(guest.call(|call| call.proc_raise(77)), Err(Errno::INVAL));
}
