use std::thread;

use super::*;

fn stop() -> Arc<Stop> {
    let stop = Arc::new(Stop::new(Arc::default()));
    let watched = stop.clone();
    thread::spawn(move || watched.watch());
    stop
}

#[test]
fn stop_with_nothing_to_do_says_so_and_harms_no_later_job() {
    let stop = stop();
    assert!(!stop.stop());
    let number = stop.submit();
    let running = stop.begin(number).ok().unwrap();
    assert!(!stop.wanted());
    assert_eq!(running.reason(), None);
}

#[test]
fn a_job_that_is_stopped_before_it_begins_never_runs() {
    let stop = stop();
    let (first, second) = (stop.submit(), stop.submit());
    assert!(stop.stop());
    let third = stop.submit();
    assert_eq!(stop.begin(first).err(), Some(StopReason::Stopped));
    assert_eq!(stop.begin(second).err(), Some(StopReason::Stopped));
    assert!(stop.begin(third).is_ok());
}

#[test]
fn a_sleeper_wakes_at_its_time_and_when_the_job_is_to_end() {
    let stop = stop();
    let number = stop.submit();
    let running = stop.begin(number).ok().unwrap();
    let begun = Instant::now();
    assert!(stop.sleep(Some(begun + Duration::from_millis(30))));
    assert!(begun.elapsed() >= Duration::from_millis(30));

    let presses = Arc::clone(&stop);
    let press = thread::spawn(move || presses.stop());
    assert!(!stop.sleep(None));
    assert!(press.join().unwrap());
    assert_eq!(running.reason(), Some(StopReason::Stopped));
    assert!(!stop.sleep(None), "a job that is to end sleeps no more");
}

#[test]
fn the_time_limit_stands_still_while_it_is_held() {
    let stop = stop();
    let number = stop.submit();
    let running = stop.begin(number).ok().unwrap();
    let limit = (Duration::from_secs(60), 60_000);
    let set = |left| {
        let at = Instant::now().checked_add(left).unwrap();
        stop.lock().job.as_mut().unwrap().limit = Some((at, limit.1));
    };
    set(limit.0);
    let held = stop.hold_limit();
    assert_eq!(stop.lock().job.as_ref().unwrap().limit, None);
    drop(held);
    let (at, whole) = stop.lock().job.as_ref().unwrap().limit.unwrap();
    assert_eq!(whole, limit.1);
    assert!(at.duration_since(Instant::now()) <= limit.0);

    // No time is left, so the job ends as soon as its clock goes on.
    set(Duration::ZERO);
    drop(stop.hold_limit());
    assert!(!stop.sleep(None));
    assert_eq!(running.reason(), Some(StopReason::CallTime(limit.1)));
}

#[test]
fn a_signal_acts_only_on_a_job_that_is_to_end() {
    let stop = stop();
    let number = stop.submit();
    let running = stop.begin(number).ok().unwrap();
    assert!(!stop.let_through());
    assert!(!running.landed());
    stop.stop();
    assert!(stop.let_through());
    assert!(running.landed());
    drop(running);
    assert!(!stop.let_through(), "a signal that comes late meets the next job");
}
