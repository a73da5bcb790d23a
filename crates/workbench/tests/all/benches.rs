//! The benches that a workbench still has, and their comparison.

use watshop_protocol::page::{
    BenchOrder, BenchPick, BenchReport, Compiler, Contender, Engine, ErrorCode, Optimisation,
    Phase, TabId, Verdict,
};
use watshop_protocol::registry::{BenchTab, CompareBenches, ListBenches};

use crate::fixture::{ADD_ONE, Fixture};

async fn bench(fixture: &Fixture, tab: TabId) -> BenchReport {
    let contender =
        |compiler| Contender { compiler, engine: Engine::Jit, optimisation: Optimisation::Speed };
    let order = BenchOrder {
        export: Some("add_one".into()),
        arguments: vec!["1".into()],
        contenders: vec![contender(Compiler::Singlepass), contender(Compiler::Cranelift)],
        rounds: 3,
        calls: 0,
        time_ms: 30,
        warm_up_ms: 0,
    };
    fixture.ask(BenchTab { tab, order }).await.unwrap()
}

fn pick(report: &BenchReport, entry: u32) -> BenchPick {
    BenchPick { at_ms: report.at_ms, entry }
}

#[tokio::test]
async fn a_page_that_is_opened_later_has_the_benches_without_their_samples() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    assert!(fixture.ask(ListBenches { tab }).await.unwrap().reports.is_empty());
    let report = bench(&fixture, tab).await;
    let kept = fixture.ask(ListBenches { tab }).await.unwrap();
    assert_eq!((kept.reports.len(), kept.growth), (1, None));
    assert_eq!(kept.reports[0].at_ms, report.at_ms);
    let view = fixture.view(tab).await;
    let measured = kept.measured.unwrap();
    assert_eq!((measured.revision, measured.settings), (view.revision, view.settings));
    let series = kept.reports[0].entries.iter().flat_map(|entry| &entry.phases);
    assert!(series.clone().count() > 0);
    assert!(series.clone().all(|one| one.samples.is_empty() && one.figures.count > 0));
}

#[tokio::test]
async fn two_benches_are_compared_by_pairs_if_they_took_turns_and_otherwise_by_bootstrap() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let (first, second) = (bench(&fixture, tab).await, bench(&fixture, tab).await);
    let ask =
        |first, second| fixture.ask(CompareBenches { tab, first, second, phase: Phase::Call });
    let paired = ask(pick(&first, 0), pick(&first, 1)).await.unwrap();
    let known = first.comparisons.iter().find(|pair| pair.phase == Phase::Call).unwrap();
    assert!(paired.paired);
    assert_eq!((paired.ratio, paired.verdict), (known.ratio, known.verdict));
    let turned = ask(pick(&first, 1), pick(&first, 0)).await.unwrap();
    assert!((turned.ratio * paired.ratio - 1.0).abs() < 1e-9);
    assert_eq!(turned.verdict == Verdict::CannotTell, paired.verdict == Verdict::CannotTell);
    let apart = ask(pick(&first, 0), pick(&second, 0)).await.unwrap();
    assert!(!apart.paired && apart.low <= apart.ratio && apart.ratio <= apart.high);
    let missing = ask(pick(&first, 0), pick(&second, 7)).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::BadRequest);
}
