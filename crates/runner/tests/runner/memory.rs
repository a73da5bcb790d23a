//! Tests of memory, which is read, written and searched at any time, also while the guest writes
//! it.

use watshop_protocol::instance::{
    Address, CompareMemory, FillMemory, GrowAnswer, GrowMemory, MemoryDifferences, MemoryFound,
    MemoryWritten, SearchMemory, SurveyMemory, TakeSnapshot, WriteMemory,
};
use watshop_protocol::page::{Engine, ErrorCode, Result, SnapshotKind};

use crate::process::{Runner, call, compilers, size};

const MODULE: &str = r#"
(module
  (memory $m (export "mem") 2) (memory (export "second") 1)
  (data (i32.const 65530) "across pages") (data (memory 1) (i32.const 0) "two")
  (global (export "g") i32 (i32.const 0))
  ;; Counts in two places that are a page apart, the first one first.
  (func (export "count") (loop
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
    (i64.store (i32.const 65536) (i64.load (i32.const 0))) (br 0)))
  (func (export "grow") (loop (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 77))
    (br_if 0 (i32.lt_u (memory.size) (i32.const 3000)))) (loop (br 0))))
"#;

#[test]
fn bytes_are_read_by_name_and_offset_and_nothing_past_the_end() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        assert_eq!(runner.read("mem", 65530, 12).unwrap(), (b"across pages".to_vec(), 2));
        assert_eq!(runner.read("second", 0, 4).unwrap(), (b"two\0".to_vec(), 1));
        assert_eq!(runner.read("mem", 131_072, 0).unwrap().0, b"");
        assert_eq!(runner.read("mem", 0, 131_072).unwrap().0.len(), 131_072);
        for (offset, length) in [(131_072, 1), (131_071, 2), (u64::MAX, 1), (1 << 40, 16)] {
            assert_eq!(
                runner.read("mem", offset, length).unwrap_err().code,
                ErrorCode::OutOfBounds
            );
        }
        assert_eq!(runner.read("mem", 0, u32::MAX).unwrap_err().code, ErrorCode::BadRequest);
        for name in ["g", "count", "nothing"] {
            assert_eq!(runner.read(name, 0, 1).unwrap_err().code, ErrorCode::UnknownExport);
        }
    }
}

#[test]
fn memory_that_a_running_guest_writes_is_seen_to_change() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, MODULE, Engine::Jit);
        let id = runner.post(call("count", &[], 0));
        let mut last = 0;
        for _ in 0..50 {
            let word = loop {
                let (bytes, _) = runner.read("mem", 0, 8).unwrap();
                let word = u64::from_le_bytes(bytes.try_into().unwrap());
                if word > last {
                    break word;
                }
            };
            last = word;
        }
        runner.stop();
        let _ = runner.wait(id);
        let (bytes, _) = runner.read("mem", 0, 8).unwrap();
        assert!(u64::from_le_bytes(bytes.try_into().unwrap()) >= last);
    }
}

#[test]
fn memory_that_grows_meanwhile_is_read_up_to_its_new_end() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        let id = runner.post(call("grow", &[], 0));
        let mut pages = 2;
        while pages < 3000 {
            pages = size(&runner.exports().unwrap(), "mem");
            let (bytes, now) = runner.read("mem", pages * 65_536 - 16, 16).unwrap();
            assert_eq!(bytes.len(), 16);
            assert!(now >= pages);
        }
        // The guest writes the last byte after it has grown.
        while runner.read("mem", 3000 * 65_536 - 1, 1).unwrap().0 != [77] {}
        runner.stop();
        let _ = runner.wait(id);
        assert_eq!(runner.read("mem", 3000 * 65_536 - 1, 1).unwrap().0, [77]);
    }
}

/// A memory of 4 GiB that is nearly unused. `put` writes a byte.
const LARGE: &str = r#"
(module
  (memory (export "mem") 65536)
  (data (i32.const 65530) "across pages")
  (data (i32.const -4) "last")
  (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "spin") (loop (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1))) (br 0))))
"#;

fn large() -> Runner {
    let mut runner = Runner::start();
    runner.open(LARGE, Engine::Jit);
    runner.instantiate_with(|limits, _, _| limits.memory_pages = 65_536).unwrap();
    runner
}

fn write(runner: &mut Runner, memory: &str, offset: u64, bytes: &[u8]) -> Result<bool> {
    let MemoryWritten { running, .. } =
        runner.ask_with(WriteMemory { memory: memory.into(), offset: Address(offset) }, bytes)?;
    Ok(running)
}

/// The addresses of all matches, from as many answers as needed.
fn search(
    runner: &mut Runner,
    wanted: &[u8],
    mut start: u64,
    mut end: u64,
    backwards: bool,
) -> Result<Vec<u64>> {
    let mut all = Vec::new();
    loop {
        let (from, to) = (Address(start), Address(end));
        let request =
            SearchMemory { memory: "mem".into(), start: from, end: to, backwards, most: 3 };
        let MemoryFound { found, next, .. } = runner.ask_with(request, wanted)?;
        all.extend(found.into_iter().map(|at| at.0));
        match next {
            None => return Ok(all),
            Some(Address(next)) if backwards => end = next,
            Some(Address(next)) => start = next,
        }
    }
}

/// The offset and length of each run that differs, and the offset to continue from.
type Compared = (Vec<(u64, u64)>, Option<u64>);

/// The differences from `offset` on, at most `most` runs. An answer may end early after its time,
/// and then the next one is requested.
fn compare(
    runner: &mut Runner,
    kind: SnapshotKind,
    mut offset: u64,
    most: u32,
) -> Result<Compared> {
    let mut all = Vec::new();
    loop {
        let most = most - u32::try_from(all.len()).unwrap();
        let (from, length) = (Address(offset), Address(u64::MAX));
        let request = CompareMemory { memory: "mem".into(), kind, offset: from, length, most };
        let MemoryDifferences { ranges, next, .. } = runner.ask(request)?;
        let enough = ranges.len() >= most as usize;
        all.extend(ranges.into_iter().map(|range| (range.offset.0, range.length.0)));
        match next {
            Some(Address(next)) if !enough => offset = next,
            _ => return Ok((all, next.map(|next| next.0))),
        }
    }
}

#[test]
fn bytes_are_written_where_they_belong_and_the_guest_sees_them() {
    let mut runner = large();
    assert!(!write(&mut runner, "mem", 300, &[7, 8]).unwrap());
    assert_eq!(runner.call("get", &["301"]), ["8"]);
    assert_eq!(runner.read("mem", 299, 4).unwrap().0, [0, 7, 8, 0]);
    assert_eq!(
        write(&mut runner, "mem", (1 << 32) - 1, &[1, 2]).unwrap_err().code,
        ErrorCode::OutOfBounds
    );
    assert_eq!(
        runner.read("mem", (1 << 32) - 4, 4).unwrap().0,
        b"last",
        "nothing of it was written"
    );
    assert_eq!(write(&mut runner, "other", 0, &[1]).unwrap_err().code, ErrorCode::UnknownExport);

    let id = runner.post(call("spin", &[], 0));
    while runner.read("mem", 8, 4).unwrap().0 == [0; 4] {}
    assert!(write(&mut runner, "mem", 400, &[9]).unwrap(), "it says that a guest runs");
    assert_eq!(runner.read("mem", 400, 1).unwrap().0, [9]);
    runner.stop();
    let _ = runner.wait(id);
}

#[test]
fn a_range_is_filled_with_repeated_bytes_and_nothing_around_it() {
    let mut runner = large();
    let fill = |length| FillMemory {
        memory: "mem".into(),
        offset: Address(1000),
        length: Address(length),
    };
    runner.ask_with(fill(1_000_000), b"abc").unwrap();
    assert_eq!(runner.read("mem", 999, 5).unwrap().0, b"\0abca");
    assert_eq!(runner.read("mem", 1_000_998, 3).unwrap().0, b"ca\0");
    let whole = runner.read("mem", 1000, 1_000_000).unwrap().0;
    assert!(whole.iter().zip(b"abc".iter().cycle()).all(|(is, wanted)| is == wanted));
    assert_eq!(runner.ask_with(fill(1 << 32), b"x").unwrap_err().code, ErrorCode::OutOfBounds);
    assert_eq!(runner.ask_with(fill(1), b"").unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(runner.read("mem", 1000, 1).unwrap().0, b"a");
}

#[test]
fn bytes_are_found_in_four_gibibytes_in_both_directions() {
    let mut runner = large();
    write(&mut runner, "mem", 3 << 30, b"pages pages").unwrap();
    // The match lies across the border of two blocks.
    write(&mut runner, "mem", (256 << 10) - 2, b"pages").unwrap();
    let everywhere = [65_537, (256 << 10) - 2, 3 << 30, (3 << 30) + 6];
    assert_eq!(search(&mut runner, b"pages", 0, u64::MAX, false).unwrap(), everywhere);
    let backwards: Vec<_> = everywhere.iter().rev().copied().collect();
    assert_eq!(search(&mut runner, b"pages", 0, u64::MAX, true).unwrap(), backwards);
    assert_eq!(search(&mut runner, b"pages", 65_538, 3 << 30, false).unwrap(), [(256 << 10) - 2]);
    assert_eq!(search(&mut runner, b"last", 0, u64::MAX, false).unwrap(), [(1 << 32) - 4]);
    assert!(search(&mut runner, b"lasting", 0, u64::MAX, false).unwrap().is_empty());
    assert_eq!(
        search(&mut runner, &[0; 3], 100, 104, false).unwrap(),
        [100, 101, 102, 103],
        "where nothing was written"
    );
    assert_eq!(search(&mut runner, b"", 0, 10, false).unwrap_err().code, ErrorCode::BadRequest);
}

#[test]
fn the_overview_tells_where_data_is_and_where_it_changed() {
    let mut runner = large();
    let mut survey = || {
        let mut hashes: Vec<u8> = Vec::new();
        while hashes.len() < 8 * 64 {
            let offset = Address((hashes.len() as u64 / 8) << 26);
            let id = runner.post(SurveyMemory {
                memory: "mem".into(),
                offset,
                bucket: Address(1 << 26),
                most: 64,
            });
            hashes.extend(runner.wait_bytes(id).unwrap().1);
        }
        runner.call("put", &["201326593", "1"]); // 3 × 2^26 + 1
        hashes.as_chunks().0.iter().map(|hash| u64::from_le_bytes(*hash)).collect::<Vec<_>>()
    };
    let (before, after) = (survey(), survey());
    let used = |hashes: &[u64]| (0..hashes.len()).filter(|at| hashes[*at] != 0).collect::<Vec<_>>();
    assert_eq!(used(&before), [0, 63]);
    assert_eq!(used(&after), [0, 3, 63]);
    assert_eq!((before[0], before[63]), (after[0], after[63]));
}

#[test]
fn what_changed_since_a_mark_and_since_the_last_call_is_told_apart() {
    let mut runner = large();
    assert_eq!(
        compare(&mut runner, SnapshotKind::Mark, 0, 9).unwrap_err().code,
        ErrorCode::BadRequest
    );
    for kind in [SnapshotKind::Mark, SnapshotKind::Call] {
        runner.ask(TakeSnapshot { memory: "mem".into(), kind }).unwrap();
    }
    runner.call("put", &["5", "1"]);
    runner.call("put", &["6", "1"]);
    runner.call("put", &["2000000000", "1"]);
    assert_eq!(
        compare(&mut runner, SnapshotKind::Mark, 0, 9).unwrap(),
        (vec![(5, 2), (2_000_000_000, 1)], None)
    );
    assert_eq!(
        compare(&mut runner, SnapshotKind::Call, 0, 9).unwrap(),
        (vec![(2_000_000_000, 1)], None)
    );
    let (first, next) = compare(&mut runner, SnapshotKind::Mark, 0, 1).unwrap();
    let rest = compare(&mut runner, SnapshotKind::Mark, next.unwrap(), 9).unwrap();
    assert_eq!((first, rest), (vec![(5, 2)], (vec![(2_000_000_000, 1)], None)));
    // A byte that has its old value again is not a change. A zero in the place of another value is.
    runner.call("put", &["5", "0"]);
    runner.call("put", &["65530", "0"]);
    let (ranges, _) = compare(&mut runner, SnapshotKind::Mark, 0, 9).unwrap();
    assert_eq!(ranges, [(6, 1), (65_530, 1), (2_000_000_000, 1)]);
}

#[test]
fn memory_grows_from_outside_up_to_its_maximum() {
    let module =
        r#"(module (memory (export "mem") 1 3) (func (export "size") (result i32) (memory.size)))"#;
    let mut runner = Runner::with(module, Engine::Jit);
    let grow = |by| GrowMemory { memory: "mem".into(), by };
    let GrowAnswer { pages, exports } = runner.ask(grow(2)).unwrap();
    assert_eq!((pages, size(&exports, "mem")), (3, 3));
    assert_eq!(runner.call("size", &[]), ["3"]);
    assert_eq!(runner.read("mem", 3 * 65_536 - 1, 1).unwrap().0, [0]);
    for by in [1, u32::MAX] {
        let error = runner.ask(grow(by)).unwrap_err();
        assert_eq!(error.code, ErrorCode::MemoryLimit);
        assert!(error.message.contains("3 pages"), "{error:?}");
    }
}
