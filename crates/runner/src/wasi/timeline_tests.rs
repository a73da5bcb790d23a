use std::sync::Arc;

use watshop_wasi::descriptors::{Descriptor, Descriptors};
use watshop_wasi::virtual_folder::{Room, VirtualFolder};
use watshop_wasi::{Generation, WasiFailure, WasiResult};

use super::*;
use crate::wasi::capture::Known;

fn capture(name: &str, arguments: &[u64], memory: &[u8], ended: &WasiResult) -> Capture {
    let mut descriptors = Descriptors::default();
    let folder = VirtualFolder::new(Room { bytes: 0, nodes: 1 });
    descriptors.add(Descriptor::preopened(Box::new(folder), "/data".to_owned())).unwrap();
    let known = Known::find(name).unwrap();
    let mut call =
        Capture::begin(known, arguments, Some(memory), &descriptors, Generation::Preview1);
    call.finish(ended, Some(memory));
    call
}

fn unlink(path: &str, ended: &WasiResult) -> Capture {
    capture("path_unlink_file", &[0, 0, path.len() as u64], path.as_bytes(), ended)
}

fn add(timeline: &Timeline, capture: Capture, (at, took): (u64, u64), sequence: Option<u64>) {
    timeline.add(Box::new(Entry { capture, at, took: Some(took) }), sequence);
}

fn timeline() -> Timeline {
    let timeline = Timeline::default();
    timeline.reset(true);
    timeline
}

fn all(timeline: &Timeline) -> WasiCallsView {
    timeline.read(&WasiCallFilter::default(), Some(0), MOST_CALLS)
}

fn sequences(view: &WasiCallsView) -> Vec<u64> {
    view.calls.iter().map(|call| call.sequence).collect()
}

#[test]
fn the_newest_calls_are_kept_the_others_counted_and_each_window_is_exact() {
    let timeline = timeline();
    let calls = KEPT + 300;
    for _ in 0..calls {
        add(&timeline, capture("sched_yield", &[], &[], &Ok(())), (0, 1), None);
    }
    let newest = timeline.read(&WasiCallFilter::default(), None, 3);
    assert_eq!(sequences(&newest), [calls - 2, calls - 1, calls]);
    let told = (newest.total, newest.dropped, u64::from(newest.found), u64::from(newest.first));
    assert_eq!(told, (calls, 300, KEPT, KEPT - 3));
    let window = timeline.read(&WasiCallFilter::default(), Some(1000), 300);
    assert_eq!(sequences(&window), (1301..1601).collect::<Vec<_>>());
    assert_eq!((window.first, window.counts[0].calls), (1000, calls));
    let behind = timeline.read(&WasiCallFilter::default(), Some(u32::MAX), 5);
    assert_eq!((sequences(&behind), behind.found), (vec![], KEPT as u32));
}

#[test]
fn calls_are_found_by_function_by_failure_and_by_the_letters_of_a_path_or_an_error() {
    let timeline = timeline();
    for number in 0..600 {
        let ended = if number % 100 == 7 { Err(WasiFailure::Errno(Errno::NOENT)) } else { Ok(()) };
        add(&timeline, unlink(&format!("file-{number}.txt"), &ended), (0, 1), None);
        add(&timeline, capture("sched_yield", &[], &[], &Ok(())), (0, 1), None);
    }
    let read = |filter: WasiCallFilter, from| timeline.read(&filter, from, 4);
    let name = WasiCallFilter { name: "path_unlink_file".into(), ..Default::default() };
    let found = read(name.clone(), Some(2));
    assert_eq!((sequences(&found), found.found, found.first), (vec![5, 7, 9, 11], 600, 2));
    let newest = read(name, None);
    assert_eq!((sequences(&newest), newest.first), (vec![1193, 1195, 1197, 1199], 596));
    let failed = read(WasiCallFilter { failed: true, ..Default::default() }, Some(0));
    assert_eq!((failed.found, sequences(&failed)), (6, vec![15, 215, 415, 615]));
    let letters = |letters: &str| WasiCallFilter { letters: letters.into(), ..Default::default() };
    assert_eq!(sequences(&read(letters("FILE-42.t"), None)), [85]);
    assert_eq!(read(letters("noent"), None).found, 6);
    assert_eq!(read(letters("nowhere"), None).found, 0);
    let counts: Vec<_> = failed.counts.iter().map(|one| (one.calls, one.failed)).collect();
    assert_eq!(counts, [(600, 6), (600, 0)]);
}

#[test]
fn a_call_that_waits_is_seen_and_keeps_its_place_when_it_ends() {
    let timeline = timeline();
    let waiting = capture("fd_read", &[0, 0, 0, 0], &[0; 8], &Err(WasiFailure::Stopped));
    let sequence = timeline.open(&Entry {
        capture: Capture { end: End::Running, ..waiting.clone() },
        at: 1,
        took: None,
    });
    assert_eq!(all(&timeline).calls[0].ended, WasiCallEnd::Running);
    assert_eq!(all(&timeline).calls[0].took_ns, None);
    timeline.record(false);
    add(&timeline, waiting, (1, 5), sequence);
    let view = all(&timeline);
    assert_eq!((view.total, &view.calls[0].ended), (1, &WasiCallEnd::Stopped));
    assert!(view.calls[0].took_ns.is_some());
}

#[test]
fn nothing_is_added_while_recording_is_off_and_a_cleared_record_goes_on_counting() {
    let timeline = timeline();
    add(&timeline, unlink("a", &Ok(())), (0, 1), None);
    timeline.record(false);
    add(&timeline, unlink("b", &Ok(())), (0, 1), None);
    assert_eq!(all(&timeline).total, 1);
    timeline.record(true);
    timeline.clear();
    add(&timeline, unlink("c", &Ok(())), (0, 1), None);
    let view = all(&timeline);
    assert_eq!((sequences(&view), view.dropped, view.counts[0].calls), (vec![2], 1, 1));
    timeline.reset(true);
    assert_eq!(all(&timeline), WasiCallsView::default());
}

#[test]
fn a_reader_sees_whole_calls_while_the_guest_goes_on() {
    let timeline = Arc::new(timeline());
    let writer = Arc::clone(&timeline);
    let calls = 3 * KEPT;
    let guest = std::thread::spawn(move || {
        for number in 0..calls {
            add(&writer, unlink(&format!("{number}"), &Ok(())), (0, 1), None);
        }
    });
    let mut last = 0;
    while last < calls {
        let view = timeline.read(&WasiCallFilter::default(), None, 50);
        for call in &view.calls {
            let path = format!("path=\"{}\"", call.sequence - 1);
            assert!(call.arguments.ends_with(&path), "{} {path}", call.arguments);
        }
        last = view.total;
    }
    guest.join().unwrap();
}

#[test]
fn the_ranges_of_a_call_are_the_memory_that_it_read_or_wrote() {
    let mut memory = vec![0; 256];
    memory[..16].copy_from_slice(&[100, 0, 0, 0, 10, 0, 0, 0, 200, 0, 0, 0, 5, 0, 0, 0]);
    memory[32] = 12;
    let ranges = |call: &Capture| -> Vec<_> {
        let told = call.ranges().into_iter();
        told.map(|one| (one.parameter, one.offset.0, one.length, one.wrote)).collect()
    };
    let read = capture("fd_read", &[7, 0, 2, 32], &memory, &Ok(()));
    let iovs = || "iovs".to_owned();
    assert_eq!(
        ranges(&read),
        [(iovs(), 100, 10, true), (iovs(), 200, 2, true), ("read".to_owned(), 32, 4, true)]
    );
    let failed = Err(WasiFailure::Errno(Errno::BADF));
    let wrote = capture("fd_write", &[7, 0, 2, 32], &memory, &failed);
    assert_eq!(ranges(&wrote), [(iovs(), 100, 10, false), (iovs(), 200, 5, false)]);
    let listed = capture("fd_readdir", &[0, 64, 100, 0, 32], &memory, &Ok(()));
    assert_eq!(ranges(&listed)[0], ("buf".to_owned(), 64, 12, true));
    let stat = capture("fd_filestat_get", &[0, 8], &memory, &Ok(()));
    assert_eq!(ranges(&stat), [("stat".to_owned(), 8, 64, true)]);
}
