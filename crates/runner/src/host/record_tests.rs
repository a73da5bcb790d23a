use super::*;

fn recorder() -> (Recorder, u32) {
    let recorder = Recorder::default();
    recorder.reset(false);
    let function = recorder.add(Signature {
        module: "env".into(),
        name: "sum".into(),
        params: vec![ValueType::I32, ValueType::V128],
        results: vec![ValueType::I64],
    });
    (recorder, function)
}

fn call(recorder: &Recorder, function: u32, argument: u64) {
    let Some(mut begun) = recorder.begin(Instant::now()) else { return };
    begun.words.extend([argument, 1, 2, u64::MAX]);
    recorder.push(function, begun, End::Returned, None, false);
}

fn read(recorder: &Recorder, after: u64, limit: u32) -> (Vec<HostCall>, u64, u64) {
    match recorder.read(after, limit) {
        Answer::Calls { calls, last, dropped, .. } => (calls, last, dropped),
        other => panic!("{other:?}"),
    }
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
    for n in 0..KEPT as u64 + 5 {
        call(&recorder, function, n);
    }
    let (calls, last, dropped) = read(&recorder, 0, 2);
    assert_eq!((last, dropped), (KEPT as u64 + 5, 5));
    let numbers: Vec<_> =
        calls.iter().map(|call| (call.sequence, call.arguments[0].value.as_str())).collect();
    assert_eq!(numbers, [(6, "5"), (7, "6")]);
    let (calls, ..) = read(&recorder, KEPT as u64 + 4, 1000);
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
    let mut begun = recorder.begin(Instant::now()).unwrap();
    begun.words.extend([7, 0, 0]);
    let at = begun.at_ns;
    let sequence = recorder.push(function, begun, End::Running, None, false);
    assert_eq!(read(&recorder, 0, 1).0[0].ended, HostCallEnd::Running);
    recorder.close(sequence, &[9], End::Returned, Touches::default(), at + 5);
    let (calls, ..) = read(&recorder, 0, 1);
    assert_eq!(calls[0].took_ns.as_deref(), Some("5"));
    assert!(matches!(&calls[0].ended, HostCallEnd::Returned { results } if results[0].value == "9"));
}
