//! Looking into and changing what an instance exports: globals and tables.

use std::sync::Arc;

use watshop_protocol::page::{Error, ErrorCode, InstanceView, Result, TablePiece};
use watshop_protocol::process::runner::{Answer, Request};

use crate::activity::Activity;
use crate::bench::Bench;
use crate::call::{instance_of, no_instance};
use crate::runner::{Lost, unexpected};
use crate::tab::Tab;

/// Most elements of a table in one answer.
const ELEMENTS: u32 = 1000;

impl Bench {
    /// Asks the runner for a change of the instance. It waits for the guest's thread, so the tab is taken for as long:
    /// `busy` where something runs.
    pub(crate) async fn change(self: &Arc<Self>, tab: Arc<Tab>, request: Request) -> Result<InstanceView> {
        let turn = Activity::begin(&tab)?;
        let found = instance_of(&tab);
        let bench = Arc::clone(self);
        // It goes on to its end also when nobody waits for the answer any more.
        let change = tokio::spawn(async move {
            let result = match found {
                Ok((runner, generation)) => match runner.ask(request).await {
                    Ok((Answer::Exports { exports }, _)) => {
                        let view = tab.view_of(generation, exports, &runner);
                        bench.set_instance(&tab, Some(view.clone()));
                        Ok(view)
                    }
                    Ok((answer, _)) => Err(unexpected(&answer)),
                    Err(lost) => {
                        if let Lost::Gone(_) = &lost {
                            bench.lose_runner(&tab);
                        }
                        Err(lost.into_error())
                    }
                },
                Err(error) => Err(error),
            };
            turn.end(|| {});
            result
        });
        change.await.unwrap_or_else(|_| Err(no_instance()))
    }

    /// Elements of a table, also while the guest runs.
    pub(crate) async fn table(
        &self,
        tab: &Tab,
        table: String,
        offset: u32,
        length: u32,
    ) -> Result<TablePiece> {
        if length > ELEMENTS {
            return Err(Error::new(
                ErrorCode::BadRequest,
                format!("{length} elements are more than one answer holds, which is {ELEMENTS}."),
            ));
        }
        let (runner, generation) = instance_of(tab)?;
        match runner.ask(Request::ReadTable { table, offset, length }).await {
            Ok((Answer::Table { size, elements }, _)) => Ok(TablePiece { generation, size, elements }),
            Ok((answer, _)) => Err(unexpected(&answer)),
            Err(lost) => Err(lost.into_error()),
        }
    }
}
