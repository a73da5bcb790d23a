//! Races whose contenders are held up, stopped or killed. A compiler that is stopped by SIGSTOP is
//! surely in the middle of its work.

use tokio::task::JoinHandle;
use watshop_protocol::page::{
    Compiler, ErrorCode, Event, LaneState, Phase, Race, Result, StopHow, TabId,
};
use watshop_protocol::registry::{CloseTab, MoveUp, StopRace, StopTab, WorkbenchApi as _};

use crate::fixture::{ADD_ONE, Fixture, failure, send};
use crate::race::{call, race};

const CRANELIFT: usize = 0;
const SINGLEPASS: usize = 1;

/// A race in which one contender's compiler does not go on.
struct HeldUp {
    fixture: Fixture,
    tab: TabId,
    pid: i32,
    raced: JoinHandle<Result<Race>>,
}

impl HeldUp {
    /// Begins a race, and continues when the contender that is held up compiles and, if it is not the
    /// first, the tab has the instance of the first.
    async fn begin(compiler: Compiler) -> Self {
        Self::begin_with(compiler, false).await
    }

    async fn begin_with(compiler: Compiler, ends_with_page: bool) -> Self {
        let mut fixture = Fixture::new();
        let tab = fixture.tab(ADD_ONE).await;
        let other = fixture.tab("(module)").await;
        fixture.configure(other, |settings| settings.compiler = compiler).await;
        fixture.run_well(other).await;
        let pid = fixture.pid_of(&format!("watshop-compiler-{}", compiler.as_str())).await;
        send(pid, libc::SIGSTOP);
        let workbench = fixture.workbench.clone();
        let mut order = race(tab);
        order.order.ends_with_page = ends_with_page;
        let raced = tokio::spawn(async move { workbench.race_tab(order).await });
        let lane = if compiler == Compiler::Singlepass { SINGLEPASS } else { CRANELIFT };
        fixture
            .event("the contender compiles", |event| match event {
                Event::Race { race, .. } => {
                    let compiles = race.lanes[lane].phase == Some(Phase::Compile);
                    (compiles && (lane == SINGLEPASS || race.used.is_some())).then_some(())
                }
                _ => None,
            })
            .await;
        Self { fixture, tab, pid, raced }
    }

    async fn stop(&self, lane: Option<u32>) {
        self.fixture.ask(StopRace { tab: self.tab, lane }).await.unwrap();
    }

    /// The end of the race.
    async fn end(self) -> (Fixture, TabId, Result<Race>) {
        (self.fixture, self.tab, self.raced.await.unwrap())
    }
}

fn states(race: &Race) -> Vec<LaneState> {
    race.lanes.iter().map(|lane| lane.state).collect()
}

#[tokio::test]
async fn an_instance_that_was_called_stays_until_the_person_moves_up() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    // The first result is usable while the other contender still works.
    assert_eq!(call(&held.fixture, held.tab).await, "42");
    send(held.pid, libc::SIGCONT);
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Ready, LaneState::Ready]);
    assert_eq!(race.used, Some(1), "the called instance is still the tab's");
    assert!(race.lanes[CRANELIFT].kept && !race.lanes[SINGLEPASS].kept, "{race:?}");
    let moved = fixture.ask(MoveUp { tab, lane: 0 }).await.unwrap();
    assert_eq!(moved.used, Some(0));
    assert!(moved.lanes.iter().all(|lane| !lane.kept), "{moved:?}");
    assert_eq!(call(&fixture, tab).await, "42");
    let last = fixture.view(tab).await.report.unwrap();
    assert_eq!(last.record.compiler, Some(Compiler::Cranelift));
    assert!(fixture.ask(MoveUp { tab, lane: 0 }).await.is_err(), "it is the tab's already");
}

#[tokio::test]
async fn a_compiler_that_is_killed_in_a_race_loses_and_the_others_go_on() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    send(held.pid, libc::SIGKILL);
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Failed, LaneState::Ready]);
    let error = race.lanes[CRANELIFT].error.clone().unwrap();
    assert_eq!(error.code, ErrorCode::CompilerCrashed);
    assert!(error.message.contains("SIGKILL"), "{error}");
    assert_eq!(call(&fixture, tab).await, "42");
}

#[tokio::test]
async fn if_the_first_compiler_is_killed_the_next_is_the_first() {
    let held = HeldUp::begin(Compiler::Singlepass).await;
    send(held.pid, libc::SIGKILL);
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Ready, LaneState::Failed]);
    assert_eq!(race.used, Some(0));
    assert_eq!(call(&fixture, tab).await, "42");
}

#[tokio::test]
async fn one_contender_is_stopped_and_the_others_go_on() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    held.stop(Some(0)).await;
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Stopped, LaneState::Ready]);
    assert_eq!(race.used, Some(1));
    assert_eq!(call(&fixture, tab).await, "42");
}

#[tokio::test]
async fn if_the_first_contender_is_stopped_the_next_is_the_first() {
    let held = HeldUp::begin(Compiler::Singlepass).await;
    held.stop(Some(1)).await;
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Ready, LaneState::Stopped]);
    assert_eq!(race.used, Some(0));
    assert_eq!(call(&fixture, tab).await, "42");
}

#[tokio::test]
async fn a_whole_race_is_stopped_before_its_first_result() {
    let held = HeldUp::begin(Compiler::Singlepass).await;
    held.stop(None).await;
    let (fixture, tab, race) = held.end().await;
    let race = race.unwrap();
    assert_eq!(states(&race), [LaneState::Stopped, LaneState::Stopped]);
    assert!(race.over && race.used.is_none());
    let report = fixture.view(tab).await.report.unwrap();
    assert_eq!(failure(report).code, ErrorCode::Stopped);
    fixture.run_well(tab).await;
}

#[tokio::test]
async fn to_stop_the_tab_stops_its_race() {
    let held = HeldUp::begin(Compiler::Singlepass).await;
    let how = held.fixture.ask(StopTab { tab: held.tab }).await.unwrap().how;
    assert_eq!(how, StopHow::Cancelled);
    let (fixture, tab, race) = held.end().await;
    assert_eq!(states(&race.unwrap()), [LaneState::Stopped, LaneState::Stopped]);
    fixture.run_well(tab).await;
}

#[tokio::test]
async fn a_contender_that_the_race_has_not_cannot_be_stopped() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    let refused = held.fixture.ask(StopRace { tab: held.tab, lane: Some(2) }).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::BadRequest);
    send(held.pid, libc::SIGCONT);
    let (_, _, race) = held.end().await;
    assert_eq!(states(&race.unwrap()), [LaneState::Ready, LaneState::Ready]);
}

#[tokio::test]
async fn a_race_goes_on_if_the_page_that_began_it_is_gone() {
    let mut held = HeldUp::begin(Compiler::Cranelift).await;
    held.raced.abort();
    assert!((&mut held.raced).await.unwrap_err().is_cancelled());
    send(held.pid, libc::SIGCONT);
    let race = held
        .fixture
        .event("the end of the race", |event| match event {
            Event::Race { race, .. } if race.over => Some(race.clone()),
            _ => None,
        })
        .await;
    assert_eq!(states(&race), [LaneState::Ready, LaneState::Ready]);
    assert_eq!(race.used, Some(0));
    assert_eq!(call(&held.fixture, held.tab).await, "42");
}

#[tokio::test]
async fn a_tab_that_is_closed_in_a_race_ends_it() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    held.fixture.ask(CloseTab { tab: held.tab }).await.unwrap();
    let (_, _, race) = held.end().await;
    assert_eq!(race.unwrap().lanes[CRANELIFT].state, LaneState::Stopped);
}

#[tokio::test]
async fn a_page_that_opens_during_or_after_a_race_has_it() {
    let held = HeldUp::begin(Compiler::Cranelift).await;
    let during = held.fixture.view(held.tab).await.race.unwrap();
    assert!(!during.over);
    assert_eq!(states(&during), [LaneState::Running, LaneState::Ready]);
    held.stop(None).await;
    let (fixture, tab, race) = held.end().await;
    assert_eq!(fixture.view(tab).await.race, Some(race.unwrap()));
}

#[tokio::test]
async fn a_race_goes_on_if_its_page_is_closed() {
    let HeldUp { mut fixture, pid, raced, .. } = HeldUp::begin(Compiler::Cranelift).await;
    raced.abort();
    assert!(raced.await.unwrap_err().is_cancelled());
    send(pid, libc::SIGCONT);
    let race = over(&mut fixture).await;
    assert_eq!(states(&race), [LaneState::Ready, LaneState::Ready]);
}

#[tokio::test]
async fn a_race_that_ends_with_its_page_stops_and_the_tab_is_free() {
    for compiler in [Compiler::Cranelift, Compiler::Singlepass] {
        let held = HeldUp::begin_with(compiler, true).await;
        let HeldUp { mut fixture, tab, raced, .. } = held;
        raced.abort();
        assert!(raced.await.unwrap_err().is_cancelled());
        let race = over(&mut fixture).await;
        assert_eq!(states(&race)[CRANELIFT], LaneState::Stopped, "{race:?}");
        fixture.run_well(tab).await;
    }
}

/// Waits for the end of a race whose reply is not awaited.
async fn over(fixture: &mut Fixture) -> Race {
    fixture
        .event("the race is over", |event| match event {
            Event::Race { race, .. } => race.over.then(|| race.clone()),
            _ => None,
        })
        .await
}
