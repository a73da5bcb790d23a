//! Sends a tab's state, at most 60 times a second.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use watshop_protocol::page::{Error, Event, Phase, Repeats, RunState, TabId};

use crate::events::Hub;
use crate::sync::lock;

const SOON: Duration = Duration::from_micros(16_700);

/// A tab's state. The last one is always sent. States in between that follow too soon are not.
#[derive(Debug)]
pub(crate) struct Feed {
    tab: TabId,
    hub: Arc<Hub>,
    held: Mutex<FeedState>,
    changed: Notify,
}

#[derive(Debug)]
struct FeedState {
    state: RunState,
    told: RunState,
    when: Option<Instant>,
    timer: bool,
    /// True if the program of the run in progress has waited for its standard input.
    wanted: bool,
}

impl FeedState {
    fn is_running(&self) -> bool {
        matches!(self.state, RunState::Running { .. })
    }

    fn takes_input(&self) -> bool {
        let is_before_call =
            matches!(self.state, RunState::Running { phase, .. } if phase != Phase::Call);
        self.wanted || !is_before_call
    }
}

impl Feed {
    pub(crate) fn new(tab: TabId, hub: Arc<Hub>) -> Self {
        let (state, told) = (RunState::Idle, RunState::Idle);
        let held = FeedState { state, told, when: None, timer: false, wanted: false };
        Self { tab, hub, held: Mutex::new(held), changed: Notify::new() }
    }

    /// The present state.
    pub(crate) fn state(&self) -> RunState {
        lock(&self.held).state.clone()
    }

    /// Sets the progress of the call in progress. Without one it does nothing.
    pub(crate) fn repeated(self: &Arc<Self>, repeats: Repeats) {
        self.change(|state| match state {
            RunState::Calling { export, .. } => {
                Some(RunState::Calling { export: export.clone(), repeats: Some(repeats) })
            }
            _ => None,
        });
    }

    /// Says that the program waits for its standard input.
    pub(crate) fn input_wanted(&self) {
        lock(&self.held).wanted = true;
        self.changed.notify_waiters();
        self.hub.tell(Event::InputWanted { tab: self.tab });
    }

    /// Waits until the program of a run in progress can be given input, or until the run is over. A
    /// start function may want input before the program is called.
    pub(crate) async fn takes_input(&self) {
        loop {
            // It counts from here, so no change after the look is missed.
            let changed = self.changed.notified();
            if lock(&self.held).takes_input() {
                return;
            }
            changed.await;
        }
    }

    /// Sets the state.
    pub(crate) fn set(self: &Arc<Self>, state: RunState) {
        self.change(|_| Some(state));
    }

    /// Tells every page that the process which works for this tab does not answer.
    pub(crate) fn silent(&self, error: Error) {
        self.hub.tell(Event::Silent { tab: self.tab, error });
    }

    fn change(self: &Arc<Self>, how: impl FnOnce(&RunState) -> Option<RunState>) {
        let mut held = lock(&self.held);
        let Some(state) = how(&held.state) else { return };
        held.wanted &= held.is_running() && matches!(state, RunState::Running { .. });
        held.state = state;
        self.changed.notify_waiters();
        if held.timer {
            return;
        }
        let due = held.when.map(|when| when + SOON).filter(|due| *due > Instant::now());
        let Some(due) = due else { return self.tell(&mut held) };
        held.timer = true;
        let feed = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep_until(due).await;
            let mut held = lock(&feed.held);
            held.timer = false;
            feed.tell(&mut held);
        });
    }

    fn tell(&self, held: &mut FeedState) {
        if held.state != held.told {
            held.told = held.state.clone();
            held.when = Some(Instant::now());
            self.hub.tell(Event::State { tab: self.tab, state: held.state.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use watshop_protocol::say;

    use super::*;

    fn running(phase: Phase) -> RunState {
        RunState::Running { phase, fraction: None, detail: None }
    }

    async fn at_once(future: impl Future<Output = ()>) -> bool {
        tokio::select! {
            biased;
            () = future => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn input_waits_for_the_call_of_the_program_or_for_a_start_function_that_wants_it() {
        let feed = Arc::new(Feed::new(TabId(1), Arc::new(Hub::new())));
        assert!(at_once(feed.takes_input()).await, "nothing runs, and the runner says so");
        // The notice of a run that is over came late.
        feed.input_wanted();
        feed.set(running(Phase::Compile));
        assert!(!at_once(feed.takes_input()).await);
        let mut waiting = std::pin::pin!(feed.takes_input());
        assert!(!at_once(waiting.as_mut()).await);
        feed.set(running(Phase::Instantiate));
        assert!(!at_once(feed.takes_input()).await);
        feed.input_wanted();
        waiting.await;
        feed.set(running(Phase::Call));
        assert!(at_once(feed.takes_input()).await);
        feed.set(RunState::Idle);
        feed.set(running(Phase::Parse));
        assert!(!at_once(feed.takes_input()).await);
        let over = async { feed.set(RunState::Idle) };
        tokio::join!(feed.takes_input(), over);
    }

    #[tokio::test]
    async fn steps_are_told_60_times_a_second_and_the_last_one_always() {
        let hub = Arc::new(Hub::new());
        let mut events = hub.subscribe();
        let feed = Arc::new(Feed::new(TabId(1), hub));
        let began = Instant::now();
        let counting = tokio::spawn(async move {
            let mut count = 0;
            loop {
                let Event::State { state, .. } = &*events.next().await.unwrap() else { continue };
                count += 1;
                if *state == RunState::Idle {
                    return count;
                }
            }
        });
        for step in 0..300_u32 {
            let detail = Some(say!("{step}"));
            feed.set(RunState::Running { phase: Phase::Compile, fraction: None, detail });
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        feed.set(RunState::Idle);
        assert_eq!(feed.state(), RunState::Idle);
        let count = counting.await.unwrap();
        let most = (began.elapsed().as_secs_f64() * 60.0) as u32 + 2;
        assert!((2..=most).contains(&count), "{count} of at most {most}");
    }
}
