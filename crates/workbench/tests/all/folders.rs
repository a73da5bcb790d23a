//! Tests of the folders of the host that a tab gives to its WASI program.

use std::fs;
use std::path::Path;

use watshop_protocol::bounds::MOST_HELD_BYTES;
use watshop_protocol::page::{
    ErrorCode, FolderAccess, FolderSource, HostPath, Outcome, Result, TabId, WasiFolder,
};
use watshop_protocol::registry::{
    ConfigureTab, GiveFolder, Hello, ListFiles, PutHeld, ReadHeld, RemoveHeld,
};
use watshop_workbench::{AllowedHostFolder, HostFolders};

use crate::fixture::{ADD_ONE, Fixture};

/// Writes `hi` into `made` in its first folder, and ends with the first error number that is not 0.
const WRITES: &str = r#"(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\02\00\00\00himade")
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
  (func (export "_start")
    (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 10) (i32.const 4)
      (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 20)))
    (call $check (call $write (i32.load (i32.const 20)) (i32.const 0) (i32.const 1) (i32.const 24)))))"#;

/// The numbers of errors that the program ends with.
const BADF: i32 = 8;
const ACCES: i32 = 2;
const ROFS: i32 = 69;

async fn give(fixture: &Fixture, tab: TabId, path: &Path, access: FolderAccess) -> Result<()> {
    let path = HostPath::from(path.to_str().unwrap());
    let reply = fixture.ask(GiveFolder { tab, path, guest: "/data".into(), access }).await;
    reply.map(|_| ())
}

async fn status(fixture: &Fixture, tab: TabId) -> i32 {
    match fixture.run_well(tab).await.outcome {
        Outcome::Exited { status } => status,
        other => panic!("{other:#?}"),
    }
}

#[tokio::test]
async fn a_program_works_in_the_folders_of_its_tab_as_far_as_each_allows() {
    let fixture = Fixture::new();
    let own = fixture.folder.path().join("own");
    fs::create_dir(&own).unwrap();
    let tab = fixture.tab(WRITES).await;
    assert_eq!(status(&fixture, tab).await, BADF, "it has no folder");
    for (access, ended) in
        [(FolderAccess::Read, ROFS), (FolderAccess::Write, ACCES), (FolderAccess::Create, 0)]
    {
        give(&fixture, tab, &own, access).await.unwrap();
        assert_eq!(status(&fixture, tab).await, ended, "{access:?}");
    }
    assert_eq!(fs::read(own.join("made")).unwrap(), b"hi");
    // The tab keeps its folders, and a program of the next workbench is given them.
    let fixture = fixture.reopened().await;
    let folders = fixture.view(tab).await.settings.wasi.folders;
    assert_eq!((folders.len(), folders[0].access), (1, FolderAccess::Create));
    fs::remove_file(own.join("made")).unwrap();
    assert_eq!(status(&fixture, tab).await, 0);
    assert_eq!(fs::read(own.join("made")).unwrap(), b"hi");
    // Less is given without a new choice.
    fixture.configure(tab, |s| s.wasi.folders[0].access = FolderAccess::Read).await;
    assert_eq!(status(&fixture, tab).await, ROFS);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_concerns_only_programs() {
    let fixture = Fixture::new();
    let own = fixture.folder.path().join("own");
    let program = fixture.tab(WRITES).await;
    let error = give(&fixture, program, &own, FolderAccess::Read).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::WasiFolder);
    fs::create_dir(&own).unwrap();
    let plain = fixture.tab(ADD_ONE).await;
    for tab in [program, plain] {
        give(&fixture, tab, &own, FolderAccess::Read).await.unwrap();
    }
    fs::remove_dir(&own).unwrap();
    let error = fixture.run_badly(program).await;
    assert_eq!(error.code, ErrorCode::WasiFolder);
    assert!(error.message.contains(own.to_str().unwrap()), "{error}");
    fs::write(&own, "a file").unwrap();
    assert!(fixture.run_badly(program).await.message.contains("is a file"));
    fixture.run_well(plain).await;
}

#[tokio::test]
async fn settings_of_a_page_name_no_folder_of_the_host_that_the_tab_does_not_have() {
    let fixture = Fixture::new();
    let tab = fixture.tab(WRITES).await;
    let mut settings = fixture.view(tab).await.settings;
    let path = HostPath::from(fixture.folder.path().to_str().unwrap());
    let source = FolderSource::Host { path };
    let access = FolderAccess::Read;
    settings.wasi.folders.push(WasiFolder { guest: "/data".into(), source, access });
    let error = fixture.ask(ConfigureTab { tab, settings }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFromHere);
    assert!(fixture.view(tab).await.settings.wasi.folders.is_empty());
}

#[tokio::test]
async fn a_server_gives_the_folders_that_it_was_started_with_by_name_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let host = folder.path().to_owned();
    let fixture = Fixture::new();
    let tab = fixture.tab(WRITES).await;
    give(&fixture, tab, &host, FolderAccess::Create).await.unwrap();
    // The window's tab is opened by a server.
    let fixture = fixture
        .reopened_with(|config| {
            let allow = |name: &str, access| AllowedHostFolder {
                name: name.into(),
                host: host.clone(),
                access,
            };
            config.folders = HostFolders::Allowed(vec![
                allow("data", FolderAccess::Create),
                allow("shown", FolderAccess::Read),
            ]);
        })
        .await;
    let told = fixture.ask(Hello {}).await.unwrap().allowed_folders;
    assert_eq!(told.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["data", "shown"]);
    let error = fixture.run_badly(tab).await;
    assert_eq!(error.code, ErrorCode::WasiFolder, "{error}");
    assert!(fs::read_dir(&host).unwrap().next().is_none());
    for (name, access, ended) in [
        ("shown", FolderAccess::Read, Some(ROFS)),
        ("shown", FolderAccess::Create, None),
        ("other", FolderAccess::Read, None),
        ("data", FolderAccess::Create, Some(0)),
    ] {
        let source = FolderSource::Allowed { name: name.into() };
        let folder = WasiFolder { guest: "/data".into(), source, access };
        fixture.configure(tab, |s| s.wasi.folders = vec![folder]).await;
        match ended {
            Some(ended) => assert_eq!(status(&fixture, tab).await, ended, "{name}"),
            None => {
                assert_eq!(fixture.run_badly(tab).await.code, ErrorCode::WasiFolder, "{name}");
            }
        }
    }
    assert_eq!(fs::read(host.join("made")).unwrap(), b"hi");
}

/// Gives a tab a held folder.
async fn hold(fixture: &Fixture, tab: TabId, access: FolderAccess) {
    let source = FolderSource::Held { name: "files".into() };
    let folder = WasiFolder { guest: "/files".into(), source, access };
    fixture.configure(tab, |s| s.wasi.folders = vec![folder]).await;
}

async fn held(fixture: &Fixture, tab: TabId) -> Vec<(String, u64, bool)> {
    let files = fixture.ask(ListFiles { tab, name: "files".into() }).await.unwrap();
    files.entries.into_iter().map(|entry| (entry.at, entry.size, entry.changed)).collect()
}

#[tokio::test]
async fn a_held_folder_takes_files_and_shows_what_a_program_wrote() {
    let fixture = Fixture::new();
    let tab = fixture.tab(WRITES).await;
    hold(&fixture, tab, FolderAccess::Create).await;
    let put = |at: &str| PutHeld { tab, name: "files".into(), at: at.into() };
    fixture.ask_with(put("in/side/a"), b"abc".to_vec()).await.unwrap();
    assert_eq!(status(&fixture, tab).await, 0);
    let own = |at: &str, size, changed| (at.to_owned(), size, changed);
    let whole = [
        own("in", 0, false),
        own("made", 2, true),
        own("in/side", 0, false),
        own("in/side/a", 3, false),
    ];
    assert_eq!(held(&fixture, tab).await, whole);
    let read = ReadHeld { tab, name: "files".into(), at: "made".into() };
    assert_eq!(fixture.ask_with(read, Vec::new()).await.unwrap().1, b"hi");
    let fixture = fixture.reopened().await;
    let again: Vec<_> = held(&fixture, tab).await.into_iter().map(|(at, ..)| at).collect();
    assert_eq!(again, ["in", "made", "in/side", "in/side/a"]);
    let remove = RemoveHeld { tab, name: "files".into(), at: "in".into() };
    fixture.ask(remove).await.unwrap();
    assert_eq!(held(&fixture, tab).await.len(), 1);
    // A program that may not write it cannot, and one without it finds it gone.
    hold(&fixture, tab, FolderAccess::Read).await;
    assert_eq!(status(&fixture, tab).await, ROFS);
    fixture.configure(tab, |s| s.wasi.folders.clear()).await;
    assert_eq!(status(&fixture, tab).await, BADF);
    assert_eq!(held(&fixture, tab).await, []);
}

#[tokio::test]
async fn places_that_lead_out_of_a_held_folder_and_files_without_room_are_refused() {
    let fixture = Fixture::new();
    let tab = fixture.tab(WRITES).await;
    hold(&fixture, tab, FolderAccess::Create).await;
    assert_eq!(held(&fixture, tab).await, []);
    let secret = fixture.folder.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let folder = fixture.config.data_dir.join("folders").join(tab.0.to_string()).join("files");
    std::os::unix::fs::symlink(&secret, folder.join("link")).unwrap();
    for at in ["link", "../files/link", "../../../secret", "/etc/passwd", "", "a/", "none"] {
        let read = ReadHeld { tab, name: "files".into(), at: at.into() };
        let error = fixture.ask_with(read, Vec::new()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::WasiFolder, "{at}");
    }
    for name in ["", "..", "../1", "A", "a/b"] {
        let list = ListFiles { tab, name: name.into() };
        assert_eq!(fixture.ask(list).await.unwrap_err().code, ErrorCode::BadRequest, "{name}");
    }
    let put = PutHeld { tab, name: "files".into(), at: "large".into() };
    let bytes = vec![0; MOST_HELD_BYTES as usize + 1];
    let error = fixture.ask_with(put, bytes).await.unwrap_err();
    assert!(error.message.contains("64 MiB"), "{error}");
    assert_eq!(held(&fixture, tab).await.len(), 1, "half a file is removed");
}

#[tokio::test]
async fn a_file_stays_if_there_is_no_room_for_the_one_that_is_to_replace_it() {
    let fixture = Fixture::new();
    let tab = fixture.tab(WRITES).await;
    hold(&fixture, tab, FolderAccess::Create).await;
    let put = || PutHeld { tab, name: "files".into(), at: "in/a".into() };
    let read = || ReadHeld { tab, name: "files".into(), at: "in/a".into() };
    fixture.ask_with(put(), b"old".to_vec()).await.unwrap();
    let error = fixture.ask_with(put(), vec![0; MOST_HELD_BYTES as usize]).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::WasiFolder, "{error}");
    assert_eq!(fixture.ask_with(read(), Vec::new()).await.unwrap().1, b"old");
    fixture.ask_with(put(), b"newer".to_vec()).await.unwrap();
    assert_eq!(fixture.ask_with(read(), Vec::new()).await.unwrap().1, b"newer");
    let names: Vec<_> = held(&fixture, tab).await.into_iter().map(|(at, ..)| at).collect();
    assert_eq!(names, ["in", "in/a"], "nothing else is left");
}
