//! Reads a tab's source again after a change, for its problems and the parts of its module.
//!
//! A tab has one check at a time. If the source has changed meanwhile, another check follows.
//! Versions in between are never read.

use std::sync::Arc;
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::page::{
    Error, ErrorCode, Event, ModuleSummary, ModuleView, Place, Problem, Proposals,
};

use super::list::Tabs;
use super::source::{BinaryState, Source, ValidModule};
use super::tab::Tab;

/// The results of a check.
struct CheckFindings {
    problems: Vec<Problem>,
    module: Option<Arc<ModuleSummary>>,
    view: Option<ModuleView>,
    valid: Option<ValidModule>,
}

impl Tabs {
    /// Requests a check of the tab's present source.
    pub(crate) fn check(self: &Arc<Self>, tab: &Arc<Tab>) {
        let mut begin = false;
        tab.checks.send_modify(|checks| {
            checks.asked += 1;
            begin = !std::mem::replace(&mut checks.running, true);
        });
        if begin {
            let (tabs, tab) = (Arc::clone(self), Arc::clone(tab));
            let check = async move { tabs.check_until_current(&tab).await };
            tokio::spawn(timed("check", check));
        }
    }

    /// Waits until the tab was checked at least once.
    pub(crate) async fn wait_for_first_check(self: &Arc<Self>, tab: &Arc<Tab>) {
        let mut checks = tab.checks.subscribe();
        if checks.borrow().asked == 0 {
            self.check(tab);
        }
        // The tab has the sender, so this cannot fail while the tab exists.
        let _ = checks.wait_for(|checks| checks.done > 0).await;
    }

    /// Waits until the tab's present source was checked. Then its imports and exports are those of
    /// the present text, not of the text before the last edit.
    pub(crate) async fn wait_for_check(self: &Arc<Self>, tab: &Arc<Tab>) {
        self.wait_for_first_check(tab).await;
        let mut checks = tab.checks.subscribe();
        let asked = checks.borrow().asked;
        let _ = checks.wait_for(|checks| checks.done >= asked).await;
    }

    async fn check_until_current(self: &Arc<Self>, tab: &Arc<Tab>) {
        loop {
            let asked = tab.checks.borrow().asked;
            let (source, revision, proposals) = {
                let held = tab.held();
                (held.source.clone(), held.revision, held.settings.proposals)
            };
            let source = self.read_source(tab, source).await;
            let tabs = Arc::clone(self);
            let found =
                tokio::task::spawn_blocking(move || tabs.look_at(&source, &proposals)).await;
            let found = found.unwrap_or_else(|error| CheckFindings {
                problems: vec![Problem::of(
                    Error::new(
                        ErrorCode::InvalidModule,
                        say!("The module could not be read: {error}."),
                    ),
                    1,
                )],
                module: None,
                view: None,
                valid: None,
            });
            let CheckFindings { problems, module, view, valid } = found;
            let mut told = Some((problems.clone(), view));
            let mut more = false;
            tab.checks.send_modify(|checks| {
                more = checks.asked != asked;
                checks.running = more;
                if !more {
                    checks.done = asked;
                    let mut held = tab.held();
                    held.problems.clone_from(&problems);
                    held.module.clone_from(&module);
                    held.valid.clone_from(&valid);
                    let (problems, module) = told.take().unwrap_or_default();
                    self.hub.tell(Event::Checked { tab: tab.id, revision, problems, module });
                }
            });
            if !more {
                return;
            }
        }
    }

    fn look_at(&self, source: &Source, proposals: &Proposals) -> CheckFindings {
        let found = self.find(source, proposals);
        let view = found.module.as_ref().map(|module| module.view());
        CheckFindings { view, ..found }
    }

    fn find(&self, source: &Source, proposals: &Proposals) -> CheckFindings {
        match source {
            Source::Wat(text) => {
                let checked = watshop_module::check_text(text, proposals);
                let binary = checked.binary.as_deref();
                let hash = binary.map(watshop_module::hash);
                let valid = checked.problems.is_empty().then_some(hash).flatten();
                CheckFindings {
                    module: binary.and_then(summary),
                    view: None,
                    valid: valid.map(|hash| ValidModule { hash, proposals: *proposals }),
                    problems: checked.problems,
                }
            }
            Source::Wasm { content: BinaryState::Read(binary), hash } => {
                let mut problems = watshop_module::check_binary(&binary.bytes, proposals);
                if binary.text.is_some() {
                    let lines = watshop_module::Lines::of_printed(&binary.bytes);
                    for problem in &mut problems {
                        if problem.at.line.is_none()
                            && let Some(place) =
                                problem.at.offset.and_then(|offset| lines.place(offset))
                        {
                            problem.at = Place { offset: problem.at.offset, ..place };
                        }
                    }
                }
                let valid = problems
                    .is_empty()
                    .then(|| ValidModule { hash: hash.clone(), proposals: *proposals });
                CheckFindings { problems, module: summary(&binary.bytes), view: None, valid }
            }
            Source::Wasm { content: BinaryState::Lost(error), .. } => CheckFindings {
                problems: vec![Problem::of((**error).clone(), 1)],
                module: None,
                view: None,
                valid: None,
            },
            Source::Wasm { content: BinaryState::Unread, .. } => {
                CheckFindings { problems: Vec::new(), module: None, view: None, valid: None }
            }
            Source::Sealed { passport, .. } => {
                let fits = passport
                    .as_deref()
                    .map(|passport| watshop_artifact::fits(passport, &self.machine));
                let problems = match fits {
                    Some(Err(error)) => vec![Problem::of(error.into(), 1)],
                    Some(Ok(())) => Vec::new(),
                    None => {
                        vec![Problem::of(
                            Error::new(
                                ErrorCode::File,
                                say!("The sealed file cannot be read any more."),
                            ),
                            1,
                        )]
                    }
                };
                CheckFindings { problems, module: None, view: None, valid: None }
            }
        }
    }
}

fn summary(binary: &[u8]) -> Option<Arc<ModuleSummary>> {
    watshop_module::summarize(binary).ok().map(Arc::new)
}
