//! All that was typed into a tab, and the promise that it is kept.

use std::time::{Duration, Instant};

/// Text that was typed longer ago is on the disk, whatever ends the workbench (see the README of
/// `crates/workbench`).
const KEPT: Duration = Duration::from_millis(500);

/// A text, and the time of the answer to its edit. Without an answer there is none.
struct Edit {
    answered: Option<Instant>,
    text: String,
}

/// The texts of a tab, in their order.
pub struct Typed(Vec<Edit>);

impl Typed {
    /// A new tab with a text. A binary that is too large to be shown has none.
    pub fn new(text: Option<&str>) -> Self {
        let edit = |text: &str| Edit { answered: Some(Instant::now()), text: text.to_owned() };
        Self(text.map(edit).into_iter().collect())
    }

    /// The text now.
    pub fn text(&self) -> Option<&str> {
        self.0.last().map(|edit| edit.text.as_str())
    }

    /// Notes a text, before it is sent.
    pub fn sent(&mut self, text: &str) {
        // Older texts may not be found any more.
        let is_old = |edit: &Edit| edit.answered.is_some_and(|when| when.elapsed() > 2 * KEPT);
        let old = self.0.iter().rposition(is_old).unwrap_or(0);
        self.0.drain(..old);
        self.0.push(Edit { answered: None, text: text.to_owned() });
    }

    /// Notes that the newest text was taken.
    pub fn answered(&mut self) {
        if let Some(edit) = self.0.last_mut() {
            edit.answered = Some(Instant::now());
        }
    }

    /// Notes that the newest text was not taken.
    pub fn refused(&mut self) {
        self.0.pop();
    }

    /// True if the tab may be missing after a kill at this time.
    pub fn may_be_missing(&self, killed: Instant) -> bool {
        self.0.first().is_some_and(|edit| edit.answered.is_none_or(|when| when + KEPT > killed))
    }

    /// Checks the text that was found after an end at this time. An end that was asked for politely
    /// loses nothing.
    pub fn check(&self, tab: u64, found: Option<&str>, ended: Instant, politely: bool) {
        let Some(found) = found.filter(|_| !self.0.is_empty()) else { return };
        let least = if politely { Duration::ZERO } else { KEPT };
        let is_kept = |edit: &Edit| edit.answered.is_some_and(|when| when + least <= ended);
        let oldest = self.0.iter().rposition(is_kept).unwrap_or(0);
        let newest: Vec<_> = self.0[oldest..].iter().map(|edit| edit.text.as_str()).collect();
        assert!(
            newest.contains(&found),
            "tab {tab} has lost a text: {found:?} is none of the {} newest, {:?} is the last",
            newest.len(),
            newest.last()
        );
    }
}
