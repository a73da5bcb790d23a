//! Tests of opening and saving files, good and bad.

use std::fs;

use watshop_protocol::page::{ErrorCode, SourceKind};
use watshop_protocol::registry::{
    CloseTab, DownloadKind, DownloadTab, EditTab, NewTab, OpenBytes, OpenLesson, OpenPath,
    ReadLesson, RenameTab, RunTab, SavePath,
};

use crate::fixture::{ADD_ONE, Fixture};

fn open(path: &std::path::Path) -> OpenPath {
    OpenPath { path: path.to_str().unwrap().into() }
}

#[tokio::test]
async fn a_file_is_opened_once() {
    let fixture = Fixture::new();
    let path = fixture.folder.path().join("a.wat");
    fs::write(&path, ADD_ONE).unwrap();
    let link = fixture.folder.path().join("link.wat");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let (first, second, third) =
        tokio::join!(fixture.ask(open(&path)), fixture.ask(open(&path)), fixture.ask(open(&link)));
    let first = first.unwrap();
    assert_eq!(first.summary.id, second.unwrap().summary.id);
    assert_eq!(first.summary.id, third.unwrap().summary.id);
    assert_eq!((first.summary.title.as_str(), first.summary.modified), ("a.wat", false));
}

#[tokio::test]
async fn bad_files_are_refused_each_with_its_reason_and_no_tab_is_made() {
    let fixture = Fixture::new();
    let before = fixture.ask(watshop_protocol::registry::Hello {}).await.unwrap().tabs.len();
    let file = |name: &str, bytes: &[u8]| {
        let path = fixture.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let cases = [
        (file("empty.wat", b""), ErrorCode::EmptyFile, "nothing in `empty.wat`"),
        (file("empty.wasm", b""), ErrorCode::EmptyFile, "nothing"),
        (file("program", b"\x7fELF\x02\x01"), ErrorCode::NotAModule, "ELF"),
        (file("part.wasm", b"\0asm\x0d\0\x01\0"), ErrorCode::NotAModule, "component"),
        (file("letter.txt", b"Dear reader"), ErrorCode::NotAModule, "text"),
        (file("noise.wasm", &[0xfe; 1000]), ErrorCode::NotAModule, "binary data"),
        (fixture.folder.path().join("missing.wat"), ErrorCode::File, "no such file"),
        (fixture.folder.path().into(), ErrorCode::File, "a folder"),
    ];
    for (path, code, word) in &cases {
        let error = fixture.ask(open(path)).await.unwrap_err();
        assert_eq!(error.code, *code, "{path:?}: {error:?}");
        assert!(error.message.contains(word), "{path:?}: {error}");
    }
    let large = fixture.folder.path().join("large.wasm");
    fs::File::create(&large).unwrap().set_len(watshop_workbench::LARGEST_FILE + 1).unwrap();
    assert_eq!(fixture.ask(open(&large)).await.unwrap_err().code, ErrorCode::FileTooLarge);
    let after = fixture.ask(watshop_protocol::registry::Hello {}).await.unwrap().tabs.len();
    assert_eq!(after, before);
}

#[tokio::test]
async fn text_that_is_no_module_yet_opens_with_its_problems() {
    let fixture = Fixture::new();
    let (view, _) = fixture
        .ask_with(OpenBytes { name: "draft.wat".into() }, b"module)".to_vec())
        .await
        .unwrap();
    assert_eq!(view.summary.kind, SourceKind::Wat);
    assert_eq!(view.problems[0].code, ErrorCode::MalformedText);
    let mut broken = watshop_module::parse(ADD_ONE).unwrap();
    broken.truncate(20);
    let (view, _) =
        fixture.ask_with(OpenBytes { name: "broken.wasm".into() }, broken).await.unwrap();
    assert_eq!(view.summary.kind, SourceKind::Wasm);
    assert!(!view.problems.is_empty());
    assert_eq!(fixture.run_badly(view.summary.id).await.code, ErrorCode::InvalidModule);
}

#[tokio::test]
async fn a_large_file_of_a_hundred_megabytes_is_an_error_and_nothing_is_lost() {
    let fixture = Fixture::new();
    let mut bytes = b"\0asm\x01\0\0\0".to_vec();
    bytes.resize(100 << 20, 0xff);
    let opened = fixture.ask_with(OpenBytes { name: "huge.wasm".into() }, bytes).await;
    let (view, _) = opened.unwrap();
    assert!(view.text.is_none() && view.module.is_none() && !view.problems.is_empty());
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
}

#[tokio::test]
async fn saving_makes_the_file_the_tabs_own() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    assert!(fixture.view(tab).await.summary.modified, "never saved");
    let none = fixture.ask(SavePath { tab, path: None }).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::BadRequest);
    let path = fixture.folder.path().join("mine.wat");
    let saved =
        fixture.ask(SavePath { tab, path: Some(path.to_str().unwrap().into()) }).await.unwrap();
    assert_eq!((saved.title.as_str(), saved.modified), ("mine.wat", false));
    assert_eq!(fs::read_to_string(&path).unwrap(), ADD_ONE);
    let edit = |text: &str| EditTab { tab, text: text.into(), after: None, client: "me".into() };
    fixture.ask(edit("(module)")).await.unwrap();
    assert!(fixture.view(tab).await.summary.modified);
    fixture.ask(edit(ADD_ONE)).await.unwrap();
    assert!(!fixture.view(tab).await.summary.modified, "as the file has it again");
    fixture.ask(edit("(module)")).await.unwrap();
    fixture.ask(SavePath { tab, path: None }).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "(module)");
    let nowhere = fixture.folder.path().join("no/such/folder.wat");
    let error = fixture
        .ask(SavePath { tab, path: Some(nowhere.to_str().unwrap().into()) })
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::File);
    assert_eq!(fixture.view(tab).await.summary.title, "mine.wat");
}

#[tokio::test]
async fn the_ending_of_a_name_decides_between_text_and_binary() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let binary = fixture.folder.path().join("a.wasm");
    fixture.ask(SavePath { tab, path: Some(binary.to_str().unwrap().into()) }).await.unwrap();
    assert_eq!(fs::read(&binary).unwrap(), watshop_module::parse(ADD_ONE).unwrap());
    fixture.ask(RunTab { tab }).await.unwrap();
    let sealed = fixture.folder.path().join("a.wshop");
    let summary =
        fixture.ask(SavePath { tab, path: Some(sealed.to_str().unwrap().into()) }).await.unwrap();
    assert_eq!(summary.title, "a.wasm", "the artifact is a copy");
    let view = fixture.ask(open(&sealed)).await.unwrap();
    assert_eq!(view.summary.kind, SourceKind::Sealed);

    for (what, name, start) in [
        (DownloadKind::Source, "a.wat", &b"(module"[..]),
        (DownloadKind::Wasm, "a.wasm", b"\0asm"),
        (DownloadKind::Sealed, "a.wshop", b""),
    ] {
        let (download, bytes) = fixture
            .ask_with(DownloadTab { tab, what, strip: false, validate: None }, vec![])
            .await
            .unwrap();
        assert_eq!(download.name, name);
        assert!(bytes.starts_with(start));
    }
}

#[tokio::test]
async fn a_lesson_has_one_tab_and_its_first_text_comes_back() {
    let fixture = Fixture::new();
    let lesson = || OpenLesson { lesson: "fib".into() };
    let first = fixture.ask(lesson()).await.unwrap();
    assert_eq!(fixture.ask(lesson()).await.unwrap().summary.id, first.summary.id);
    let edit = EditTab {
        tab: first.summary.id,
        text: "(module)".into(),
        after: None,
        client: "me".into(),
    };
    fixture.ask(edit).await.unwrap();
    let again = fixture.ask(lesson()).await.unwrap();
    assert_eq!(again.summary.id, first.summary.id);
    assert_eq!(again.text.as_deref(), Some("(module)"));
    let whole = fixture.ask(ReadLesson { tab: first.summary.id }).await.unwrap();
    assert_eq!((Some(whole.text), whole.settings), (first.text, first.settings));

    // A tab of another name is the person's own.
    let tab = first.summary.id;
    let renamed = fixture.ask(RenameTab { tab, title: "../mine.wat".into() }).await.unwrap();
    assert_eq!((renamed.title.as_str(), renamed.lesson), ("mine.wat", None));
    assert_eq!(fixture.ask(ReadLesson { tab }).await.unwrap_err().code, ErrorCode::BadRequest);
    assert_ne!(fixture.ask(lesson()).await.unwrap().summary.id, tab);
    let unknown = fixture.ask(OpenLesson { lesson: "no such".into() }).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::UnknownLesson);
}

#[tokio::test]
async fn a_new_tab_has_a_small_module_that_runs() {
    let fixture = Fixture::new();
    let view = fixture.ask(NewTab { title: None, text: None }).await.unwrap();
    assert_eq!(view.summary.title, "untitled.wat");
    fixture.run_well(view.summary.id).await;
    assert_eq!(fixture.results(view.summary.id, "answer", &[]).await, ["42"]);
}

#[tokio::test]
async fn new_tabs_that_are_made_at_once_have_names_of_their_own() {
    let fixture = Fixture::new();
    let new = || fixture.ask(NewTab { title: None, text: None });
    let (one, two, three) = tokio::join!(new(), new(), new());
    let made = [one, two, three].map(|made| made.unwrap().summary);
    let mut titles = made.each_ref().map(|made| made.title.as_str());
    titles.sort_unstable();
    assert_eq!(titles, ["untitled-2.wat", "untitled-3.wat", "untitled.wat"]);
    // The name of a closed tab is free.
    let second = made.iter().find(|made| made.title == "untitled-2.wat").unwrap();
    fixture.ask(CloseTab { tab: second.id }).await.unwrap();
    assert_eq!(new().await.unwrap().summary.title, "untitled-2.wat");
}

#[tokio::test]
async fn a_file_that_another_tab_overwrites_counts_as_changed() {
    let fixture = Fixture::new();
    let path = fixture.folder.path().join("a.wat");
    fs::write(&path, ADD_ONE).unwrap();
    let first = fixture.ask(open(&path)).await.unwrap().summary.id;
    let second = fixture.tab("(module)").await;
    fixture.ask(SavePath { tab: second, path: Some(path.to_str().unwrap().into()) }).await.unwrap();
    assert!(fixture.view(first).await.summary.modified);
    assert!(!fixture.view(second).await.summary.modified);
}
