use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use watshop_protocol::page::{OutputSource, Stream};
use watshop_protocol::process::runner::Notice;

use super::*;

const STDOUT: &Notice = &Notice::Output(OutputSource::program(Stream::Stdout));
const STDERR: &Notice = &Notice::Output(OutputSource::program(Stream::Stderr));

fn answer(number: u32) -> Box<RawValue> {
    to_raw_value(&number).unwrap()
}

#[test]
fn an_answer_keeps_its_place_behind_output_and_an_urgent_one_goes_first() {
    let outbox = Outbox::<Notice>::default();
    outbox.output(STDOUT, b"one", || false);
    outbox.answer(1, Ok((answer(10), vec![])));
    outbox.answer_now(2, Ok((answer(20), vec![7])));
    let order: Vec<_> = (0..3)
        .map(|_| match outbox.next().unwrap() {
            (Said::Answer { id, result }, bytes) => (id, result.unwrap().get().to_owned(), bytes),
            (Said::Notice(notice), bytes) => {
                assert_eq!(notice, *STDOUT);
                (0, String::new(), bytes)
            }
        })
        .collect();
    let expected = [(2, "20", vec![7]), (0, "", b"one".to_vec()), (1, "10", vec![])];
    assert_eq!(order, expected.map(|(id, answer, bytes)| (id, answer.to_owned(), bytes)));
}

#[test]
fn small_pieces_of_one_stream_travel_together_and_streams_do_not_mix() {
    let outbox = Outbox::<Notice>::default();
    for (stream, text) in [(STDOUT, "a"), (STDOUT, "b"), (STDERR, "c"), (STDOUT, "d")] {
        outbox.output(stream, text.as_bytes(), || false);
    }
    let pieces: Vec<_> = (0..3).map(|_| outbox.next().unwrap().1).collect();
    assert_eq!(pieces, [b"ab".to_vec(), b"c".to_vec(), b"d".to_vec()]);
}

#[test]
fn small_output_soon_after_other_output_waits_a_moment_for_more() {
    let outbox = Outbox::<Notice>::default();
    outbox.output(STDOUT, b"first", || false);
    let began = Instant::now();
    outbox.next().unwrap();
    outbox.output(STDOUT, b"second", || false);
    assert_eq!(outbox.next().unwrap().1, b"second");
    assert!(began.elapsed() >= PAUSE);
}

#[test]
fn output_does_not_wait_if_it_is_large_or_something_comes_behind_it() {
    let with = |more: fn(&Outbox<Notice>)| {
        let outbox = Outbox::<Notice>::default();
        outbox.output(STDOUT, b"first", || false);
        outbox.next().unwrap();
        outbox.output(STDOUT, b"second", || false);
        more(&outbox);
        outbox.lock().pause()
    };
    assert_eq!(with(|outbox| outbox.answer(1, Ok((answer(10), vec![])))), None);
    assert_eq!(with(|outbox| outbox.end(0)), None);
    assert_eq!(
        with(|outbox| assert_eq!(outbox.output(STDOUT, &[7; LARGE], || false), LARGE)),
        None
    );
}

#[test]
fn a_flood_is_held_to_its_bound_and_arrives_whole() {
    let outbox = Arc::new(Outbox::<Notice>::default());
    let flood: Vec<u8> = (0..5_000_000_u32).map(|i| (i % 251) as u8).collect();
    let writer = {
        let (outbox, flood) = (outbox.clone(), flood.clone());
        thread::spawn(move || outbox.output(STDOUT, &flood, || false))
    };
    let mut arrived = Vec::new();
    while arrived.len() < flood.len() {
        assert!(outbox.lock().waiting < WAITING + PIECE);
        let (_, piece) = outbox.next().unwrap();
        assert!(piece.len() <= PIECE);
        arrived.extend(piece);
    }
    assert_eq!(writer.join().unwrap(), flood.len());
    assert!(arrived == flood, "the bytes arrived in another order");
}

#[test]
fn a_guest_that_waits_for_the_pipe_gives_up_when_it_is_told_to() {
    let outbox = Arc::new(Outbox::<Notice>::default());
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (outbox, stop) = (outbox.clone(), stop.clone());
        thread::spawn(move || {
            outbox.output(STDOUT, &[0; 2 * WAITING], || stop.load(Ordering::SeqCst))
        })
    };
    while outbox.lock().waiting < WAITING {
        thread::yield_now();
    }
    stop.store(true, Ordering::SeqCst);
    outbox.wake();
    assert_eq!(writer.join().unwrap(), WAITING);
}

#[test]
fn what_is_queued_goes_out_before_the_end() {
    let outbox = Outbox::<Notice>::default();
    outbox.notice(Notice::Ending);
    outbox.answer(1, Ok((answer(10), vec![])));
    outbox.end(3);
    let mut pipe = Vec::new();
    assert_eq!(outbox.write_to(&mut pipe).unwrap(), 3);
    let mut pipe = pipe.as_slice();
    let mut said = Vec::new();
    while let Some(message) = frame::read(&mut pipe).unwrap() {
        said.push(
            serde_json::from_slice::<Said<u32, Notice>>(frame::split(&message).unwrap().0).unwrap(),
        );
    }
    assert_eq!(said, [Said::Notice(Notice::Ending), Said::Answer { id: 1, result: Ok(10) }]);
}

#[test]
fn a_notice_that_can_be_spared_is_dropped_if_the_parent_reads_too_slowly() {
    let outbox = Outbox::<u32>::default();
    for number in 0..1000 {
        outbox.spare_notice(number);
    }
    outbox.answer(1, Ok((answer(10), vec![])));
    outbox.end(0);
    let mut notices = Vec::new();
    let mut answers = 0;
    while let Some((message, _)) = outbox.next() {
        match message {
            Said::Notice(number) => notices.push(number),
            Said::Answer { .. } => answers += 1,
        }
    }
    assert_eq!(answers, 1);
    assert!(notices.into_iter().eq(0..CROWDED as u32), "the first ones go out");
}
