//! Checks the lessons of tabs, in a workbench that is not shown: a check changes neither the instance
//! nor the history of a tab.

use watshop_lessons::Attempt;
use watshop_protocol::page::{
    Error, ErrorCode, Event, FolderSource, LessonCheck, LessonReport, Result, Settings,
};
use watshop_protocol::registry::WorkbenchApi;
use watshop_protocol::say;

use crate::config::{Config, StateKind};
use crate::events::Hub;
use crate::tabs::{Tab, Tabs};

/// The workbench for checks beside one with this configuration.
pub(crate) fn beside(config: &Config) -> Config {
    Config { state: StateKind::InMemory, raw_output: None, input_wanted: None, ..config.clone() }
}

/// Checks the text and the settings of a tab against its lesson. Each check is an event as soon as it
/// is known.
///
/// # Errors
///
/// `bad_request` if the tab is not of a lesson, and those of a run that cannot begin.
pub(crate) async fn check(
    workbench: &impl WorkbenchApi,
    hub: &Hub,
    (tabs, tab): (&Tabs, &Tab),
    answer: Option<String>,
) -> Result<LessonReport> {
    let (lesson, source, settings) = {
        let held = tab.held();
        (held.lesson.clone(), held.source.clone(), held.settings.clone())
    };
    let lesson = lesson
        .ok_or_else(|| Error::new(ErrorCode::BadRequest, say!("This tab is not of a lesson.")))?;
    let found = tabs.library().find(&lesson)?;
    let attempted = Attempt {
        course: &found.course,
        lesson: found.lesson(),
        text: source.text().map_or("", |text| text),
        settings: without_host_folders(settings),
        answer: answer.as_deref(),
    };
    let mut next = 0;
    let told = |check: &LessonCheck| {
        hub.tell(Event::LessonChecked { tab: tab.id, at: next, check: check.clone() });
        next += 1;
    };
    watshop_lessons::check(workbench, &attempted, told).await
}

/// The settings without folders of the host: a check must change nothing outside of itself.
fn without_host_folders(mut settings: Settings) -> Settings {
    settings.wasi.folders.retain(|folder| matches!(folder.source, FolderSource::Held { .. }));
    settings
}
