//! Races: the first result is used at once, better code follows, and state is not lost silently.

use watshop_protocol::page::{
    Compiler, Contender, Engine, Event, LaneState, Optimisation, Outcome, RaceOrder, RunState,
    TabId,
};
use watshop_protocol::registry::{CallExport, CallMany, RaceTab, StopTab};

use crate::fixture::{ADD_ONE, Fixture};

fn contender(compiler: Compiler) -> Contender {
    Contender { compiler, engine: Engine::Jit, optimisation: Optimisation::Speed }
}

/// A race of Cranelift, which is lane 0, and Singlepass, which is lane 1 and begins.
pub fn race(tab: TabId) -> RaceTab {
    let contenders = vec![contender(Compiler::Cranelift), contender(Compiler::Singlepass)];
    RaceTab {
        tab,
        order: RaceOrder { contenders, export: None, arguments: Vec::new(), ends_with_page: false },
    }
}

pub async fn call(fixture: &Fixture, tab: TabId) -> String {
    let call = CallExport { tab, export: "add_one".into(), arguments: vec!["41".into()] };
    let report = fixture.ask(call).await.unwrap();
    let Outcome::Returned { results } = report.outcome else { panic!("{:?}", report.outcome) };
    results[0].value.clone()
}

#[tokio::test]
async fn the_tab_moves_up_to_better_code_if_nothing_was_called() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let race = fixture.ask(race(tab)).await.unwrap();
    assert!(race.over);
    assert!(race.lanes.iter().all(|lane| lane.state == LaneState::Ready), "{race:?}");
    assert!(race.lanes[1].ready_ns < race.lanes[0].ready_ns, "Singlepass begins alone");
    assert_eq!(race.used, Some(0), "Cranelift's code is better");
    assert!(race.lanes.iter().all(|lane| !lane.kept), "no instance is left to move to: {race:?}");
    assert_eq!(call(&fixture, tab).await, "42");
    let last = fixture.view(tab).await.report.unwrap();
    assert_eq!(last.record.compiler, Some(Compiler::Cranelift));
}

#[tokio::test]
async fn a_contender_that_is_missing_loses_and_the_others_go_on() {
    let fixture = Fixture::with(|config| {
        let programs = config.data_dir.join("programs");
        std::fs::create_dir_all(&programs).unwrap();
        for name in ["watshop-runner", "watshop-compiler-cranelift"] {
            std::os::unix::fs::symlink(config.programs.join(name), programs.join(name)).unwrap();
        }
        config.programs = programs;
    });
    let tab = fixture.tab(ADD_ONE).await;
    let race = fixture.ask(race(tab)).await.unwrap();
    assert_eq!(race.lanes[1].state, LaneState::Failed);
    assert_eq!((race.lanes[0].state, race.used), (LaneState::Ready, Some(0)));
    assert_eq!(call(&fixture, tab).await, "42");
}

#[tokio::test]
async fn a_race_without_a_right_module_is_an_error_and_the_tab_is_free() {
    let fixture = Fixture::new();
    let tab = fixture.tab("(module").await;
    fixture.ask(race(tab)).await.unwrap_err();
    let how = fixture.ask(StopTab { tab }).await.unwrap().how;
    assert_eq!(how, watshop_protocol::page::StopHow::Idle);
}

/// The runner of a race told its progress to nobody after the tab had taken it over.
#[tokio::test]
async fn many_calls_of_an_instance_from_a_race_tell_how_far_they_are() {
    let mut fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.ask(race(tab)).await.unwrap();
    let many =
        CallMany { tab, export: "add_one".into(), arguments: vec!["41".into()], times: 10_000_000 };
    let calls = fixture.begin("tab.call_many", serde_json::to_value(many).unwrap());
    fixture
        .event("how far the calls are", |event| match event {
            Event::State { state: RunState::Calling { repeats: Some(repeats), .. }, .. } => {
                (repeats.done > 0).then_some(())
            }
            _ => None,
        })
        .await;
    fixture.ask(StopTab { tab }).await.unwrap();
    calls.await.unwrap();
}
