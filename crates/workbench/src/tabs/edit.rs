//! Changes the text and the settings of a tab.

use std::collections::HashSet;
use std::sync::Arc;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_protocol::page::{
    Error, ErrorCode, Event, FolderSource, Limits, Result, Settings, TextChange, WasiFolder,
    WasiRule,
};
use watshop_protocol::registry::EditReply;

use watshop_protocol::bounds::MOST_SETTINGS;
use watshop_protocol::written::{Unwritten, written};

use super::change;
use super::folders;
use super::list::Tabs;
use super::sources::LARGEST_FILE;
use super::state::{Change, Urgency};
use super::tab::{Tab, TabState};
use crate::task::blocking;

impl Tabs {
    /// Replaces a tab's text, if it still has the given revision.
    ///
    /// # Errors
    ///
    /// `file_too_large` for a text over the bound, `bad_request` if the tab has no text.
    pub(crate) fn edit(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        text: &str,
        after: Option<u64>,
        client: String,
    ) -> Result<EditReply> {
        self.write(tab, after, client, |before| {
            let change = before.and_then(|before| change::between(before, text));
            Some((text.into(), change))
        })
    }

    /// Changes a piece of a tab's text, if the text still has the given revision and the change fits.
    ///
    /// # Errors
    ///
    /// `file_too_large` if the text would be over the bound, `bad_request` if the tab has no text.
    pub(crate) fn change(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        after: u64,
        change: TextChange,
        client: String,
    ) -> Result<EditReply> {
        self.write(tab, Some(after), client, |before| {
            let text = change::apply(before?, &change)?;
            Some((text.into(), change::told(change)))
        })
    }

    /// Does an edit in the order in which edits were asked for. That of a long text is done on a
    /// thread that may block.
    pub(crate) async fn in_order(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        length: usize,
        edit: impl FnOnce(&Arc<Self>, &Arc<Tab>) -> Result<EditReply> + Send + 'static,
    ) -> Result<EditReply> {
        let _turn = tab.editing.lock().await;
        let long = tab.held().source.text().is_some_and(|text| text.len() > LONG) || length > LONG;
        if !long {
            return edit(self, tab);
        }
        let (tabs, tab) = (Arc::clone(self), Arc::clone(tab));
        blocking(move || edit(&tabs, &tab)).await
    }

    /// Replaces the text by one that `make` builds from the current text, with the change for the
    /// event. If `make` gives `None`, the text stays.
    fn write(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        after: Option<u64>,
        client: String,
        make: impl FnOnce(Option<&str>) -> Option<(Arc<str>, Option<TextChange>)>,
    ) -> Result<EditReply> {
        let (edited, replaced) = {
            let mut held = tab.held();
            let revision = held.revision;
            let current = after.is_none_or(|after| after == revision);
            let made = if current { make(held.source.text().map(|text| &**text)) } else { None };
            let Some((text, change)) = made else {
                held.editable()?;
                return Ok(EditReply { revision, taken: false });
            };
            if text.len() as u64 > LARGEST_FILE {
                return Err(Error::new(
                    ErrorCode::FileTooLarge,
                    say!("A text of {} MiB is more than a tab takes.", text.len() >> 20),
                ));
            }
            let Some(replaced) = held.write(text)? else {
                return Ok(EditReply { revision, taken: true });
            };
            // The event is sent and the change kept under the lock, so both are in the order of the
            // revisions.
            let revision = held.revision;
            self.hub.tell(Event::Text { tab: tab.id, revision, client, change });
            self.state.keep(Change::Tab(tab.row(&held), Urgency::Soon));
            (EditReply { revision, taken: true }, replaced)
        };
        self.let_go(replaced.stored);
        if replaced.summary_changed {
            self.tell();
        }
        self.check(tab);
        Ok(edited)
    }

    /// Replaces a tab's settings, on a thread that may block if there are many provisions.
    ///
    /// # Errors
    ///
    /// Those of [`Self::configure`].
    pub(crate) async fn configure_large(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        settings: Settings,
    ) -> Result<()> {
        if settings.imports.provisions.len().max(tab.held().settings.imports.provisions.len())
            <= FEW
        {
            return self.configure(tab, settings);
        }
        let (tabs, tab) = (Arc::clone(self), Arc::clone(tab));
        blocking(move || tabs.configure(&tab, settings)).await
    }

    /// Replaces a tab's settings. The sets of CPU features that its target names are resolved.
    ///
    /// # Errors
    ///
    /// `bad_request` or `message_too_large` if they are out of bounds, `not_from_here` if they name
    /// another folder of the host than before.
    pub(crate) fn configure(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        mut settings: Settings,
    ) -> Result<()> {
        if let Some(target) = &mut settings.target {
            *target = watshop_artifact::resolve(target, settings.compiler)?;
        }
        inspect(&settings)?;
        check_size(&settings)?;
        self.set(tab, |held| {
            folders::adds_no_host_folder(&held.settings, &settings)?;
            Ok(settings)
        })
    }

    /// Gives the tab's program a folder of the host, instead of one of the same name.
    ///
    /// # Errors
    ///
    /// Those of [`Self::configure`]; `wasi_folder` if there is no such folder.
    pub(crate) fn give_folder(self: &Arc<Self>, tab: &Arc<Tab>, folder: WasiFolder) -> Result<()> {
        if let FolderSource::Host { path } = &folder.source {
            folders::is_there(path.as_ref())?;
        }
        self.set(tab, |held| {
            let mut settings = held.settings.clone();
            let folders = &mut settings.wasi.folders;
            match folders.iter_mut().find(|one| one.guest == folder.guest) {
                Some(one) => *one = folder,
                None => folders.push(folder),
            }
            inspect(&settings)?;
            check_size(&settings)?;
            Ok(settings)
        })
    }

    /// Sets settings that are made from the present ones, and that are within their bounds.
    pub(super) fn set(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        make: impl FnOnce(&TabState) -> Result<Settings>,
    ) -> Result<()> {
        let read_again = {
            let mut held = tab.held();
            let settings = make(&held)?;
            if held.settings == settings {
                return Ok(());
            }
            let read_again = held.settings.proposals != settings.proposals;
            held.settings = settings.clone();
            self.hub.tell(Event::Settings { tab: tab.id, settings });
            self.state.keep(Change::Tab(tab.row(&held), Urgency::Now));
            read_again
        };
        if read_again {
            self.check(tab);
        }
        Ok(())
    }
}

/// The bytes of a text that is compared and copied in less than a millisecond.
const LONG: usize = 256 << 10;

/// The provisions that are checked, compared and sent in a few milliseconds.
const FEW: usize = 500;

/// Checks that settings can be sent to every window.
fn check_size(settings: &Settings) -> Result<()> {
    match written(settings, MOST_SETTINGS as usize) {
        Err(Unwritten::Large(most)) => Err(Error::new(
            ErrorCode::MessageTooLarge,
            say!(
                "The settings of a tab may have {} MiB, and these {} provisions have more.",
                most >> 20,
                settings.imports.provisions.len()
            ),
        )
        .help(say!("Provide fewer imports, or let unknown imports trap."))),
        _ => Ok(()),
    }
}

/// Checks that settings are within their bounds. The error is a sentence about the first that is
/// not.
fn inspect(settings: &Settings) -> Result<()> {
    let refuse = |why: Sentence| Err(Error::new(ErrorCode::BadRequest, why));
    let limits = &settings.limits;
    for (range, given, what, unit) in [
        (Limits::MEMORY_PAGES, limits.memory_pages, say!("memory"), say!("pages of 64 KiB")),
        (Limits::TABLE_ELEMENTS, limits.table_elements, say!("table"), say!("elements")),
        (Limits::CALL_MS, limits.call_ms, say!("call"), say!("milliseconds")),
        (Limits::STACK_KIB, limits.stack_kib, say!("stack"), say!("KiB")),
        (Limits::STORE_MIB, limits.store_mib, say!("store"), say!("MiB")),
    ] {
        if !range.contains(&given) {
            let (least, most) = range.into_inner();
            return refuse(say!(
                "A {what} may have {least} to {most} {unit}, and {given} is not between them."
            ));
        }
    }
    let mut provided = HashSet::new();
    let twice = settings.imports.provisions.iter().find(|p| !provided.insert((&p.module, &p.name)));
    if let Some(provision) = twice {
        return refuse(say!("`{}.{}` is provided twice.", provision.module, provision.name));
    }
    let wasi = &settings.wasi;
    folders::inspect(&wasi.folders).or_else(refuse)?;
    if wasi.cwd.as_ref().is_some_and(|cwd| cwd.is_empty() || cwd.contains('\0')) {
        return refuse(say!("A current directory is not empty and has no NUL in it."));
    }
    if let Err(why) = wasi.input.bytes() {
        return refuse(why);
    }
    if wasi.rules.len() > WasiRule::MOST {
        return refuse(say!("A program has at most {} rules.", WasiRule::MOST));
    }
    wasi.rules.iter().try_for_each(WasiRule::check).or_else(refuse)?;
    let words =
        wasi.program.iter().chain(&wasi.arguments).chain(wasi.environment.iter().map(|v| &v.value));
    if words.clone().any(|word| word.contains('\0')) {
        return refuse(say!(
            "A NUL character can stand neither in an argument nor in an environment variable."
        ));
    }
    if wasi.environment.iter().any(|v| v.name.is_empty() || v.name.contains(['=', '\0'])) {
        return refuse(say!(
            "An environment variable's name is not empty and has neither `=` nor NUL in it."
        ));
    }
    let length: usize =
        words.map(String::len).chain(wasi.environment.iter().map(|v| v.name.len())).sum();
    if length > 1 << 20 {
        return refuse(say!("The arguments and the environment have more than 1 MiB together."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::{EnvironmentVariable, WasiAction};

    use super::*;

    fn refused(change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = Settings::default();
        inspect(&settings).unwrap();
        change(&mut settings);
        let error = inspect(&settings).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest);
        error.message
    }

    #[test]
    fn settings_out_of_bounds_are_refused_with_the_bounds() {
        assert!(refused(|s| s.limits.stack_kib = 63).contains("64 to 65536 KiB"));
        assert!(refused(|s| s.limits.store_mib = u32::MAX).contains("0 to 1048576 MiB"));
        assert!(refused(|s| s.limits.stack_kib = 65_537).contains("64 to 65536 KiB"));
        assert!(refused(|s| s.limits.memory_pages = 0).contains("1 to 65536 pages"));
        assert!(refused(|s| s.limits.memory_pages = 65_537).contains("1 to 65536 pages"));
        assert!(refused(|s| s.limits.table_elements = u32::MAX).contains("10000000"));
        assert!(refused(|s| s.limits.call_ms = u32::MAX).contains("0 to 86400000 milliseconds"));
        assert!(refused(|s| s.wasi.arguments.push("a\0b".into())).contains("NUL"));
        let variable = |name: &str| EnvironmentVariable { name: name.into(), value: String::new() };
        assert!(refused(|s| s.wasi.environment.push(variable("a=b"))).contains('='));
        assert!(refused(|s| s.wasi.environment.push(variable(""))).contains("empty"));
        let rule = WasiRule {
            call: "fd_wirte".into(),
            letters: String::new(),
            after: 0,
            action: WasiAction::Allow,
        };
        assert!(refused(|s| s.wasi.rules.push(rule.clone())).contains("`fd_wirte`"));
        let many = vec![WasiRule { call: "*".into(), ..rule }; 101];
        assert!(refused(|s| s.wasi.rules = many).contains("at most 100"));
    }
}
