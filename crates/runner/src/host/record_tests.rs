use watshop_protocol::page::ValueType;

use super::*;

fn recorder() -> (Recorder, u32) {
    let recorder = Recorder::default();
    recorder.reset(false);
    let function = recorder.add(Signature {
        module: "env".into(),
        name: "sum".into(),
        params: vec![ValueType::I32, ValueType::V128].into(),
        results: vec![ValueType::I64].into(),
    });
    (recorder, function)
}

fn call(recorder: &Recorder, function: u32, argument: u64) {
    let Some(at) = recorder.begin() else { return };
    let mut writer = recorder.open(function, at);
    [argument, 1, 2, u64::MAX].into_iter().for_each(|word| writer.word(word));
    recorder.close(&mut writer, HostCallOutcome::Returned, None, false);
}

fn read(recorder: &Recorder, after: u64, limit: u32) -> (Vec<HostCall>, u64, u64) {
    let read = recorder.read(after, limit);
    (read.calls, read.last, read.dropped)
}

#[test]
fn a_call_is_shown_with_exact_values_of_its_types() {
    let (recorder, function) = recorder();
    call(&recorder, function, u64::from(-5_i32 as u32));
    let (calls, last, dropped) = read(&recorder, 0, 10);
    assert_eq!((last, dropped), (1, 0));
    let texts: Vec<_> = calls[0].arguments.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(texts, ["-5", "0x00000000000000020000000000000001"]);
    let HostCallEnd::Returned { results } = &calls[0].ended else { panic!("{calls:?}") };
    assert_eq!((calls[0].sequence, results[0].value.as_str()), (1, "-1"));
}

#[test]
fn only_the_newest_are_kept_and_the_rest_is_counted() {
    let (recorder, function) = recorder();
    for n in 0..KEPT + 5 {
        call(&recorder, function, n);
    }
    let (calls, last, dropped) = read(&recorder, 0, 2);
    assert_eq!((last, dropped), (KEPT + 5, 5));
    let numbers: Vec<_> =
        calls.iter().map(|call| (call.sequence, call.arguments[0].value.as_str())).collect();
    assert_eq!(numbers, [(6, "5"), (7, "6")]);
    let (calls, ..) = read(&recorder, KEPT + 4, 1000);
    assert_eq!(calls.len(), 1);
    assert!(read(&recorder, u64::MAX, 10).0.is_empty());
}

#[test]
fn while_it_is_paused_nothing_is_recorded_and_numbers_go_on_after_it_was_emptied() {
    let (recorder, function) = recorder();
    call(&recorder, function, 1);
    recorder.pause(true);
    call(&recorder, function, 2);
    recorder.pause(false);
    recorder.clear();
    call(&recorder, function, 3);
    let (calls, last, dropped) = read(&recorder, 0, 10);
    assert_eq!((calls.len(), calls[0].sequence, last, dropped), (1, 2, 2, 1));
}

#[test]
fn a_call_that_has_not_ended_is_shown_and_completed_later() {
    let (recorder, function) = recorder();
    let mut writer = recorder.open(function, recorder.begin().unwrap());
    [7, 0, 0].into_iter().for_each(|word| writer.word(word));
    let sequence = recorder.close(&mut writer, HostCallOutcome::Running, None, false);
    assert_eq!(read(&recorder, 0, 1).0[0].ended, HostCallEnd::Running);
    assert_eq!(read(&recorder, 0, 1).0[0].took_ns, None);
    let mut writer = recorder.reopen(sequence).unwrap();
    writer.word(9);
    recorder.close(&mut writer, HostCallOutcome::Returned, Some(Touches::default()), false);
    let (calls, ..) = read(&recorder, 0, 1);
    assert!(calls[0].took_ns.as_ref().is_some_and(|took| took.parse::<u64>().is_ok()), "{calls:?}");
    assert!(
        matches!(&calls[0].ended, HostCallEnd::Returned { results } if results[0].value == "9")
    );
    for n in 0..=KEPT + 300 {
        call(&recorder, function, n);
    }
    assert!(recorder.reopen(sequence).is_none(), "another call is in its place");
}

#[test]
fn more_values_than_most_functions_have_are_all_there() {
    let recorder = Recorder::default();
    recorder.reset(false);
    let many: ValueTypes = vec![ValueType::I64; 40].into();
    let signature =
        Signature { module: "m".into(), name: "f".into(), params: many.clone(), results: many };
    let function = recorder.add(signature);
    let mut writer = recorder.open(function, recorder.begin().unwrap());
    (0..40).for_each(|word| writer.word(word));
    let sequence = recorder.close(&mut writer, HostCallOutcome::Running, None, false);
    let mut writer = recorder.reopen(sequence).unwrap();
    (40..80).for_each(|word| writer.word(word));
    recorder.close(&mut writer, HostCallOutcome::Returned, None, false);
    let (calls, ..) = read(&recorder, 0, 1);
    let HostCallEnd::Returned { results } = &calls[0].ended else { panic!("{calls:?}") };
    let values: Vec<_> =
        calls[0].arguments.iter().chain(results).map(|value| value.value.clone()).collect();
    assert_eq!(values, (0..80).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn how_a_call_ended_and_what_it_touched_is_kept_as_long_as_the_call() {
    let (recorder, function) = recorder();
    let memory = Arc::from("memory");
    let write = |recorder: &Recorder, end: HostCallOutcome, touches: Option<Touches>| {
        let mut writer = recorder.open(function, recorder.begin().unwrap());
        [0, 0, 0].into_iter().for_each(|word| writer.word(word));
        recorder.close(&mut writer, end, touches, false)
    };
    let mut touches = Touches::default();
    touches.read(&memory, 8, &[1; 100]);
    (0..4).for_each(|n| touches.wrote(&memory, 16 + n, &[n as u8]));
    write(&recorder, HostCallOutcome::Trapped("no".into()), Some(touches));
    write(&recorder, HostCallOutcome::Exited(-3), None);
    let (calls, ..) = read(&recorder, 0, 10);
    assert_eq!(calls[0].ended, HostCallEnd::Trapped { message: "no".into() });
    assert_eq!((calls[0].read[0].length, calls[0].read[0].bytes.len()), (100, 2 * READ));
    let wrote: Vec<_> =
        calls[0].wrote.iter().map(|w| (w.at.as_str(), w.length, w.bytes.as_str())).collect();
    assert_eq!(wrote, [("16", 4, "00010203")], "one range, as it is one");
    assert_eq!(calls[1].ended, HostCallEnd::Exited { code: -3 });

    let mut many = Touches::default();
    (0..100).for_each(|n| many.wrote(&memory, 2 * n, &[0]));
    write(&recorder, HostCallOutcome::Returned, Some(many));
    let (calls, ..) = read(&recorder, 2, 10);
    assert_eq!(
        (calls[0].wrote.len(), calls[0].unlisted.as_slice()),
        (RANGES, &["memory".to_owned()][..])
    );
    recorder.clear();
    assert!(read(&recorder, 0, 10).0.is_empty());
}
