//! Tells pages of a compiler that is installed or removed while they are open.

use std::sync::{Arc, Weak};
use std::time::Duration;

use watshop_protocol::page::{CompilerState, Event};

use super::Builder;
use crate::events::Hub;

/// The time between two looks at the folder of programs.
const BETWEEN: Duration = Duration::from_secs(1);

/// Looks for the compilers as long as the workbench is open. Outside of a runtime, as in a workbench
/// that only compiles, there is no page to tell.
pub(crate) fn watch_compilers(builder: &Arc<Builder>, hub: &Arc<Hub>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
    let before = builder.compilers.states();
    runtime.spawn(watch(Arc::downgrade(builder), Arc::downgrade(hub), before));
}

async fn watch(builder: Weak<Builder>, hub: Weak<Hub>, mut before: Vec<CompilerState>) {
    let mut looks = tokio::time::interval(BETWEEN);
    loop {
        looks.tick().await;
        let (Some(builder), Some(hub)) = (builder.upgrade(), hub.upgrade()) else { return };
        let now = builder.compilers.states();
        if now != before {
            hub.tell(Event::Compilers { compilers: now.clone() });
            before = now;
        }
    }
}
