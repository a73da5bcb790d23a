//! Growth: an export is called with ever greater arguments, and a law is fitted.

use watshop_protocol::page::{
    Compiler, Contender, Engine, ErrorCode, GrowthOrder, Optimisation, StopHow, TabId,
};
use watshop_protocol::registry::{GrowTab, StopTab, WorkbenchApi as _};

use crate::fixture::{Fixture, SPIN};

/// It traps at 10, and its first parameter does not matter.
const TRAPS: &str = "(module
  (func (export \"part\") (param i32 i64) (result i64)
    (i64.div_u (i64.const 100) (i64.sub (i64.const 10) (local.get 1)))))";

fn order(tab: TabId, export: &str, parameters: usize) -> GrowTab {
    let contender =
        |compiler| Contender { compiler, engine: Engine::Jit, optimisation: Optimisation::Speed };
    let order = GrowthOrder {
        export: export.into(),
        arguments: vec!["7".into(); parameters],
        swept: 1,
        from: 2,
        to: 9,
        points: 8,
        contenders: vec![contender(Compiler::Singlepass), contender(Compiler::Cranelift)],
        time_ms: 80,
    };
    GrowTab { tab, order }
}

#[tokio::test]
async fn each_value_is_measured_by_each_contender_and_a_law_is_fitted() {
    let fixture = Fixture::new();
    let tab = fixture.tab(TRAPS).await;
    let report = fixture.ask(order(tab, "part", 2)).await.unwrap();
    assert_eq!(report.entries.len(), 2);
    for entry in &report.entries {
        assert!(entry.error.is_none(), "{entry:?}");
        let values: Vec<_> = entry.points.iter().map(|point| point.n).collect();
        assert_eq!(values, [2, 3, 4, 5, 6, 7, 8, 9]);
        let inside = |at: usize| {
            let point = &entry.points[at];
            0.0 < point.low && point.low <= point.median && point.median <= point.high
        };
        assert!((0..8).all(inside), "{entry:?}");
        let fit = entry.fit.unwrap();
        assert!((0.2..=1.0).contains(&fit.confidence) && fit.error >= 0.0, "{fit:?}");
    }
    assert!(fixture.view(tab).await.instance.is_none(), "the tab's own instance is not touched");
}

#[tokio::test]
async fn a_value_that_traps_ends_a_contender_with_the_points_before_it() {
    let fixture = Fixture::new();
    let tab = fixture.tab(TRAPS).await;
    let mut order = order(tab, "part", 2);
    (order.order.to, order.order.points) = (13, 12);
    let report = fixture.ask(order).await.unwrap();
    for entry in &report.entries {
        assert_eq!(entry.error.as_ref().unwrap().code, ErrorCode::Trap);
        assert_eq!(entry.points.last().unwrap().n, 9);
        assert!(entry.fit.is_some());
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_measured_is_refused() {
    let fixture = Fixture::new();
    let tab = fixture.tab(TRAPS).await;
    let changes: [fn(&mut GrowthOrder); 6] = [
        |order| order.swept = 2,
        |order| order.points = 4,
        |order| order.points = 101,
        |order| order.to = 5,
        |order| order.time_ms = 0,
        |order| order.contenders.clear(),
    ];
    for change in changes {
        let mut wrong = order(tab, "part", 2);
        change(&mut wrong.order);
        let error = fixture.ask(wrong).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest, "{error}");
    }
    let none = fixture.ask(order(tab, "port", 2)).await.unwrap();
    assert_eq!(none.entries[0].error.as_ref().unwrap().code, ErrorCode::UnknownExport);
}

#[tokio::test]
async fn growth_is_stopped_in_the_middle_of_a_call() {
    let mut fixture = Fixture::new();
    let spin = SPIN.replace("\"spin\")", "\"spin\") (param i32 i32)");
    let tab = fixture.tab(&spin).await;
    let workbench = fixture.workbench.clone();
    let asked = order(tab, "spin", 2);
    let grown = tokio::spawn(async move { workbench.grow_tab(asked).await });
    fixture
        .event("the first call", |event| {
            use watshop_protocol::page::{Event, Phase, RunState};
            let state = match event {
                Event::State { tab: id, state } if *id == tab => state,
                _ => return None,
            };
            matches!(state, RunState::Running { phase: Phase::Call, .. }).then_some(())
        })
        .await;
    let how = fixture.ask(StopTab { tab }).await.unwrap().how;
    assert_ne!(how, StopHow::Idle);
    assert_eq!(grown.await.unwrap().unwrap_err().code, ErrorCode::Stopped);
    fixture.run_well(tab).await;
}
