//! Tests of the state that is there again after a restart.

use std::fs;

use watshop_protocol::page::{CacheUse, ErrorCode, Event, SourceKind, TabId};
use watshop_protocol::registry::{
    CloseTab, DownloadKind, DownloadTab, EditTab, Hello, OpenBytes, OrderTabs, ReopenTab, SaveUi,
};
use watshop_workbench::Workbench;

use crate::fixture::{ADD_ONE, Fixture};

async fn tabs(fixture: &Fixture) -> Vec<TabId> {
    fixture.ask(Hello {}).await.unwrap().tabs.iter().map(|tab| tab.id).collect()
}

fn sources(fixture: &Fixture) -> usize {
    fs::read_dir(fixture.config.data_dir.join("sources")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn the_first_start_shows_the_first_lesson_and_no_later_one_does() {
    let fixture = Fixture::new();
    let welcome = fixture.ask(Hello {}).await.unwrap();
    assert_eq!(welcome.tabs.len(), 1);
    assert_eq!(welcome.tabs[0].title, "add_one.wat");
    assert!(welcome.lessons.len() > 5);
    let tab = welcome.tabs[0].id;
    fixture.run_well(tab).await;
    assert_eq!(fixture.results(tab, "add_one", &["41"]).await, ["42"]);
    fixture.ask(CloseTab { tab }).await.unwrap();
    let fixture = fixture.reopened().await;
    assert!(tabs(&fixture).await.is_empty());
}

#[tokio::test]
async fn everything_is_there_again() {
    let fixture = Fixture::new();
    let text = fixture.tab("(module)").await;
    fixture.configure(text, |s| s.limits.call_ms = 1234).await;
    fixture
        .ask(EditTab { tab: text, text: ADD_ONE.into(), after: None, client: "me".into() })
        .await
        .unwrap();
    fixture.run_well(text).await;
    let binary = watshop_module::parse(ADD_ONE).unwrap();
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary).await.unwrap();
    let wasm = view.summary.id;
    let (_, sealed) = fixture
        .ask_with(
            DownloadTab { tab: text, what: DownloadKind::Sealed, strip: false, validate: None },
            vec![],
        )
        .await
        .unwrap();
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wshop".into() }, sealed).await.unwrap();
    let sealed = view.summary.id;
    fixture.ask(SaveUi { ui: "{\"theme\":\"dark\"}".into() }).await.unwrap();
    let first = tabs(&fixture).await[0];
    fixture.ask(OrderTabs { tabs: vec![sealed, text, first, wasm] }).await.unwrap();
    let mut before = Vec::new();
    for tab in [sealed, text, first, wasm] {
        before.push(fixture.view(tab).await);
    }

    let fixture = fixture.reopened().await;
    assert_eq!(tabs(&fixture).await, [sealed, text, first, wasm]);
    assert_eq!(fixture.ask(Hello {}).await.unwrap().ui.as_deref(), Some("{\"theme\":\"dark\"}"));
    for before in before {
        let after = fixture.view(before.summary.id).await;
        assert_eq!(after.summary, before.summary);
        assert_eq!(after.text, before.text);
        assert_eq!(after.settings, before.settings);
        assert_eq!(after.module, before.module);
        assert_eq!(after.passport, before.passport);
        assert_eq!(after.problems, before.problems);
        assert_eq!(after.history, before.history);
        assert!(after.instance.is_none());
    }
    for tab in [sealed, text, wasm] {
        let report = fixture.run_well(tab).await;
        let expected = if tab == sealed { CacheUse::Sealed } else { CacheUse::Hit };
        assert_eq!(report.record.cache, Some(expected));
        assert_eq!(fixture.results(tab, "add_one", &["41"]).await, ["42"]);
    }
}

#[tokio::test]
async fn closed_tabs_come_back_the_last_one_first_also_after_a_restart() {
    let fixture = Fixture::new();
    let (a, b) = (fixture.tab("(module (; a ;))").await, fixture.tab("(module (; b ;))").await);
    let error = fixture.ask(OrderTabs { tabs: vec![a] }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::BadRequest);
    fixture.ask(CloseTab { tab: a }).await.unwrap();
    fixture.ask(CloseTab { tab: b }).await.unwrap();
    assert_eq!(fixture.ask(CloseTab { tab: b }).await.unwrap_err().code, ErrorCode::UnknownTab);
    let fixture = fixture.reopened().await;
    let reopened = fixture.ask(ReopenTab { tab: None }).await.unwrap().tab.unwrap();
    assert_eq!((reopened.summary.id, reopened.text.as_deref()), (b, Some("(module (; b ;))")));
    assert_eq!(fixture.ask(ReopenTab { tab: None }).await.unwrap().tab.unwrap().summary.id, a);
    assert!(fixture.ask(ReopenTab { tab: None }).await.unwrap().tab.is_none());
    for tab in [a, b] {
        fixture.ask(CloseTab { tab }).await.unwrap();
    }
    let first = fixture.ask(ReopenTab { tab: Some(a) }).await.unwrap().tab.unwrap();
    assert_eq!(first.summary.id, a);
    assert!(fixture.ask(ReopenTab { tab: Some(a) }).await.unwrap().tab.is_none());
}

#[tokio::test]
async fn bytes_that_no_tab_uses_any_more_are_removed() {
    let fixture = Fixture::new();
    let binary = |n: u32| watshop_module::parse(&format!("(module (memory {n}))")).unwrap();
    let open = |n: u32| fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary(n));
    let (edited, _) = open(1).await.unwrap();
    let (kept, _) = open(2).await.unwrap();
    let (twin, _) = open(2).await.unwrap();
    assert_eq!(sources(&fixture), 2);
    fixture
        .ask(EditTab {
            tab: edited.summary.id,
            text: ADD_ONE.into(),
            after: None,
            client: "me".into(),
        })
        .await
        .unwrap();
    fixture
        .ask(EditTab {
            tab: twin.summary.id,
            text: ADD_ONE.into(),
            after: None,
            client: "me".into(),
        })
        .await
        .unwrap();
    let closed = fixture.view(kept.summary.id).await.summary.id;
    fixture.ask(CloseTab { tab: closed }).await.unwrap();
    let fixture = fixture.reopened().await;
    assert_eq!(sources(&fixture), 1, "a closed tab can come back");
    let back = fixture.ask(ReopenTab { tab: None }).await.unwrap().tab.unwrap();
    assert_eq!(back.summary.kind, SourceKind::Wasm);
    fixture.ask(CloseTab { tab: closed }).await.unwrap();
    for _ in 0..100 {
        let tab = fixture.tab("(module)").await;
        fixture.ask(CloseTab { tab }).await.unwrap();
    }
    let fixture = fixture.reopened().await;
    assert_eq!(sources(&fixture), 0, "101 tabs were closed, and 100 are kept");
}

#[tokio::test]
async fn a_second_workbench_is_told_that_the_folder_is_in_use() {
    let fixture = Fixture::new();
    let error = Workbench::open(fixture.config.clone()).unwrap_err();
    assert_eq!(error.code, ErrorCode::State);
    assert!(error.message.contains(fixture.config.data_dir.to_str().unwrap()), "{error}");
}

#[tokio::test]
async fn damaged_state_is_told_of_and_the_workbench_goes_on() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    fixture.workbench.shutdown().await;
    let Fixture { workbench, events, config, folder } = fixture;
    drop((workbench, events));
    fs::write(config.data_dir.join("state.sqlite"), vec![0x5a; 20_000]).unwrap();
    let workbench = Workbench::open(config.clone()).unwrap();
    let mut fixture = Fixture { events: workbench.subscribe(), workbench, config, folder };
    let code = fixture
        .event(
            "a notice",
            |e| if let Event::Notice { error } = e { Some(error.code) } else { None },
        )
        .await;
    assert_eq!(code, ErrorCode::State);
    let tab = tabs(&fixture).await[0];
    fixture.run_well(tab).await;
    let fixture = fixture.reopened().await;
    assert_eq!(tabs(&fixture).await, [tab], "the new state is sound");
}

#[tokio::test]
async fn the_data_folder_is_its_owners_alone_and_is_mended_at_the_next_start() {
    use std::os::unix::fs::PermissionsExt as _;

    let fixture = Fixture::with(|config| config.data_dir = config.data_dir.join("new"));
    let folder = fixture.config.data_dir.clone();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    let wasm = b"\0asm\x01\0\0\0".to_vec();
    fixture.ask_with(OpenBytes { name: "m.wasm".into() }, wasm).await.unwrap();
    let modes = || {
        let mut modes = vec![(folder.clone(), 0)];
        let mut at = 0;
        while let Some((path, mode)) = modes.get_mut(at) {
            let about = fs::metadata(&*path).unwrap();
            *mode = about.permissions().mode() & 0o777;
            let path = path.clone();
            if about.is_dir() {
                modes.extend(fs::read_dir(path).unwrap().map(|file| (file.unwrap().path(), 0)));
            }
            at += 1;
        }
        modes
    };
    let check = || {
        let modes = modes();
        assert!(modes.len() > 6, "{modes:?}");
        for (path, mode) in modes {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{}: {mode:o}", path.display());
        }
    };
    check();
    for (path, _) in modes() {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let fixture = fixture.reopened().await;
    check();
    drop(fixture);
}

/// A data folder was removed while Watshop ran: text that was typed after that was lost without an
/// error.
#[tokio::test]
async fn a_data_folder_that_is_removed_at_work_is_made_anew_from_what_is_in_memory() {
    let mut fixture = Fixture::new();
    let text = fixture.tab("(module)").await;
    fixture.run_well(text).await;
    let binary = watshop_module::parse(ADD_ONE).unwrap();
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary).await.unwrap();
    let wasm = view.summary.id;
    let (_, sealed) = fixture
        .ask_with(
            DownloadTab { tab: wasm, what: DownloadKind::Sealed, strip: false, validate: None },
            vec![],
        )
        .await
        .unwrap();
    let key = fs::read(fixture.config.data_dir.join("signing.key")).unwrap();
    let began = std::time::Instant::now();
    fs::remove_dir_all(&fixture.config.data_dir).unwrap();
    let error = fixture
        .event(
            "a notice",
            |e| if let Event::Notice { error } = e { Some(error.clone()) } else { None },
        )
        .await;
    assert!(error.message.contains("was removed"), "{error}");
    assert!(began.elapsed() < std::time::Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(fs::read(fixture.config.data_dir.join("signing.key")).unwrap(), key);
    let typed = ADD_ONE.replace("add_one", "typed_after");
    fixture
        .ask(EditTab { tab: text, text: typed.clone(), after: None, client: "me".into() })
        .await
        .unwrap();
    // The old runner may read the old folder, and no other.
    for tab in [text, wasm] {
        fixture.run_well(tab).await;
    }
    let fixture = fixture.reopened().await;
    assert_eq!(fixture.view(text).await.text.as_deref(), Some(typed.as_str()));
    fixture.run_well(wasm).await;
    assert_eq!(fixture.results(wasm, "add_one", &["41"]).await, ["42"]);
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wshop".into() }, sealed).await.unwrap();
    assert_eq!(view.maker, Some(watshop_protocol::page::Maker::Own));
}

/// The files of binaries were removed at the next start, because no tab of the new state named
/// them.
#[tokio::test]
async fn binaries_that_a_damaged_state_names_stay_as_long_as_it_does() {
    let fixture = Fixture::new();
    let binary = watshop_module::parse(ADD_ONE).unwrap();
    fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary.clone()).await.unwrap();
    fixture.workbench.shutdown().await;
    let Fixture { workbench, events, config, folder } = fixture;
    drop((workbench, events));
    fs::write(config.data_dir.join("state.sqlite"), vec![0x5a; 20_000]).unwrap();
    let open = |folder| {
        let workbench = Workbench::open(config.clone()).unwrap();
        Fixture { events: workbench.subscribe(), workbench, config: config.clone(), folder }
    };
    let fixture = open(folder);
    assert_eq!(sources(&fixture), 1);
    // A person who opens and closes the same binary must not remove it.
    let (view, _) = fixture.ask_with(OpenBytes { name: "a.wasm".into() }, binary).await.unwrap();
    fixture
        .ask(EditTab {
            tab: view.summary.id,
            text: ADD_ONE.into(),
            after: None,
            client: "me".into(),
        })
        .await
        .unwrap();
    let fixture = fixture.reopened().await;
    assert_eq!(sources(&fixture), 1);
    for file in fs::read_dir(&fixture.config.data_dir).unwrap().flatten() {
        if file.file_name().to_str().unwrap().starts_with("state-damaged-") {
            fs::remove_file(file.path()).unwrap();
        }
    }
    assert_eq!(sources(&fixture.reopened().await), 0);
}
