//! Folders: made, removed, moved and listed.

use watshop_wasi::{Errno, Rights};

use crate::guest::{
    CREATE, DIRECTORY, EXCLUSIVE, FOLDER, Guest, READ, READ_WRITE, REGULAR, ROOT, everywhere,
};

fn names(guest: &mut Guest, fd: u32) -> Vec<String> {
    let (entries, full) = guest.readdir(fd, 60_000, 0).unwrap();
    assert!(!full);
    let mut names: Vec<_> = entries.into_iter().map(|entry| entry.name).collect();
    names.sort();
    names
}

#[test]
fn a_folder_is_listed_with_kinds_and_numbers() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir").unwrap();
        let dir = guest.folder(ROOT, "dir").unwrap();
        assert_eq!(names(guest, dir), [".", ".."]);
        guest.touch(dir, "file");
        guest.mkdir(dir, "sub").unwrap();
        guest.symlink("file", dir, "link").unwrap();
        let (entries, _) = guest.readdir(dir, 4096, 0).unwrap();
        let own = guest.fstat(dir).unwrap().inode;
        for (name, kind) in [("file", REGULAR), ("sub", DIRECTORY), ("link", 7), (".", DIRECTORY)] {
            let entry = entries.iter().find(|entry| entry.name == name).unwrap();
            assert_eq!(entry.kind, kind, "{name}");
            let inode = if name == "." { own } else { guest.stat(dir, name, false).unwrap().inode };
            assert_eq!(entry.inode, inode, "{name}");
        }
        assert_eq!(entries.len(), 5);
    });
}

#[test]
fn a_listing_in_small_pieces_finds_every_entry_once_and_can_go_back() {
    everywhere(|guest| {
        let mut wanted: Vec<_> = (0..1000).map(|number| format!("file.{number}")).collect();
        for name in &wanted {
            guest.touch(ROOT, name);
        }
        wanted.extend([".".to_owned(), "..".to_owned()]);
        wanted.sort();
        for room in [64, 100, 256, 4096] {
            let (mut cookie, mut found) = (0, Vec::new());
            loop {
                let (entries, full) = guest.readdir(ROOT, room, cookie).unwrap();
                cookie = entries.last().map_or(cookie, |entry| entry.next);
                found.extend(entries);
                if !full {
                    break;
                }
            }
            let last = found[found.len() - 2].clone();
            let (again, _) = guest.readdir(ROOT, room, last.next).unwrap();
            assert_eq!(again[0], found[found.len() - 1]);
            let mut found: Vec<_> = found.into_iter().map(|entry| entry.name).collect();
            found.sort();
            assert_eq!(found, wanted, "{room}");
        }
        // A buffer that is smaller than an entry is filled, and no error.
        for room in 0..24 {
            assert_eq!(guest.readdir(ROOT, room, 0), Ok((vec![], true)));
        }
        assert_eq!(guest.readdir(ROOT, 100, 5000), Ok((vec![], false)));
        assert_eq!(guest.readdir(ROOT, 100, u64::MAX), Ok((vec![], false)));
    });
}

#[test]
fn a_listing_that_has_begun_goes_on_while_files_are_removed() {
    everywhere(|guest| {
        for number in 0..50 {
            guest.touch(ROOT, &format!("{number}"));
        }
        let (mut cookie, mut removed) = (0, 0);
        loop {
            let (entries, full) = guest.readdir(ROOT, 100, cookie).unwrap();
            for entry in &entries {
                if entry.kind == REGULAR {
                    guest.unlink(ROOT, &entry.name).unwrap();
                    removed += 1;
                }
            }
            cookie = entries.last().map_or(cookie, |entry| entry.next);
            if !full {
                break;
            }
        }
        assert_eq!(removed, 50);
        assert_eq!(names(guest, ROOT), [".", ".."]);
        guest.touch(ROOT, "new");
        assert_eq!(names(guest, ROOT), [".", "..", "new"]);
    });
}

#[test]
fn folders_are_moved_over_empty_ones_only_and_files_over_files_only() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "a").unwrap();
        guest.mkdir(ROOT, "empty").unwrap();
        guest.mkdir(ROOT, "full").unwrap();
        guest.touch(ROOT, "full/file");
        assert_eq!(guest.rename(ROOT, "a", ROOT, "full"), Err(Errno::NOTEMPTY));
        assert_eq!(guest.rename(ROOT, "a", ROOT, "full/file"), Err(Errno::NOTDIR));
        guest.rename(ROOT, "a", ROOT, "empty").unwrap();
        assert_eq!(guest.folder(ROOT, "a"), Err(Errno::NOENT));
        guest.folder(ROOT, "empty").unwrap();
        assert_eq!(guest.rename(ROOT, "full", ROOT, "full/in"), Err(Errno::INVAL));
        guest.touch(ROOT, "file");
        assert_eq!(guest.rename(ROOT, "file", ROOT, "empty"), Err(Errno::ISDIR));
        guest.rename(ROOT, "file", ROOT, "full/file").unwrap();
        assert_eq!(guest.rename(ROOT, "file", ROOT, "other"), Err(Errno::NOENT));
        let full = guest.folder(ROOT, "full").unwrap();
        guest.rename(full, "file", ROOT, "out").unwrap();
        assert_eq!(guest.stat(ROOT, "out", false).unwrap().kind, REGULAR);
        guest.rename(ROOT, "out", ROOT, "out").unwrap();
        assert_eq!(names(guest, ROOT), [".", "..", "empty", "full", "out"]);
    });
}

#[test]
fn only_an_empty_folder_is_removed_and_only_as_a_folder() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir").unwrap();
        assert_eq!(guest.mkdir(ROOT, "dir"), Err(Errno::EXIST));
        assert_eq!(guest.mkdir(ROOT, "."), Err(Errno::EXIST));
        assert_eq!(guest.mkdir(ROOT, "none/dir"), Err(Errno::NOENT));
        guest.touch(ROOT, "dir/file");
        assert_eq!(guest.mkdir(ROOT, "dir/file/sub"), Err(Errno::NOTDIR));
        assert_eq!(guest.rmdir(ROOT, "dir"), Err(Errno::NOTEMPTY));
        assert_eq!(guest.rmdir(ROOT, "dir/file"), Err(Errno::NOTDIR));
        assert_eq!(guest.unlink(ROOT, "dir"), Err(Errno::ISDIR));
        guest.unlink(ROOT, "dir/file").unwrap();
        guest.rmdir(ROOT, "dir").unwrap();
        assert_eq!(guest.rmdir(ROOT, "dir"), Err(Errno::NOENT));
    });
}

#[test]
fn nothing_is_made_in_a_folder_that_was_removed_and_its_handle_still_tells_of_it() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir").unwrap();
        let dir = guest.folder(ROOT, "dir").unwrap();
        guest.rmdir(ROOT, "dir").unwrap();
        assert_eq!(guest.open(dir, "file", CREATE, READ), Err(Errno::NOENT));
        assert_eq!(guest.fstat(dir).unwrap().kind, DIRECTORY);
        guest.mkdir(ROOT, "dir").unwrap();
        assert_ne!(guest.stat(ROOT, "dir", false).unwrap().inode, guest.fstat(dir).unwrap().inode);
    });
}

#[test]
fn opening_says_what_stands_in_the_way() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir").unwrap();
        guest.touch(ROOT, "file");
        assert_eq!(guest.open(ROOT, "none", 0, READ), Err(Errno::NOENT));
        assert_eq!(guest.open(ROOT, "file", CREATE | EXCLUSIVE, READ), Err(Errno::EXIST));
        assert_eq!(guest.open(ROOT, "file", FOLDER, READ), Err(Errno::NOTDIR));
        assert_eq!(guest.open(ROOT, "file", FOLDER | CREATE, READ), Err(Errno::INVAL));
        assert_eq!(guest.open(ROOT, "file", 16, READ), Err(Errno::INVAL));
        assert_eq!(guest.open(ROOT, "dir", 0, READ_WRITE), Err(Errno::ISDIR));
        assert_eq!(guest.open(ROOT, "dir", FOLDER, READ_WRITE), Err(Errno::ISDIR));
        assert_eq!(guest.open(ROOT, "file/below", 0, READ), Err(Errno::NOTDIR));
        guest.open(ROOT, "dir", FOLDER, Rights::NONE).unwrap();
        guest.open(ROOT, "dir", 0, READ).unwrap();
        guest.open(ROOT, "file", CREATE, READ).unwrap();
        let name = "x".repeat(256);
        assert_eq!(guest.open(ROOT, &name, CREATE, READ), Err(Errno::NAMETOOLONG));
    });
}
