//! Paths that are not as usual.

use watshop_wasi::{Errno, Rights};

use crate::guest::{CREATE, READ, REGULAR, ROOT, everywhere};

#[test]
fn a_slash_at_the_end_asks_for_a_folder() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir/").unwrap();
        guest.touch(ROOT, "file");
        for (path, opened) in [
            ("dir/", Ok(())),
            ("dir///", Ok(())),
            ("dir/.", Ok(())),
            ("file/", Err(Errno::NOTDIR)),
            ("file///", Err(Errno::NOTDIR)),
            ("file/.", Err(Errno::NOTDIR)),
            ("none/", Err(Errno::NOENT)),
        ] {
            assert_eq!(guest.open(ROOT, path, 0, Rights::NONE).map(|_| ()), opened, "{path}");
            assert_eq!(guest.stat(ROOT, path, false).map(|_| ()), opened, "{path}");
        }
        assert_eq!(guest.open(ROOT, "none/", CREATE, READ), Err(Errno::ISDIR));
        assert_eq!(guest.open(ROOT, "file/", CREATE, READ), Err(Errno::ISDIR));
        assert_eq!(guest.open(ROOT, "none/x/", CREATE, READ), Err(Errno::NOENT));
        assert_eq!(guest.open(ROOT, "file/x/", CREATE, READ), Err(Errno::NOTDIR));
        assert_eq!(guest.open(ROOT, "dir/x/", CREATE, READ), Err(Errno::ISDIR));
        assert_eq!(guest.unlink(ROOT, "file/"), Err(Errno::NOTDIR));
        assert_eq!(guest.unlink(ROOT, "dir/"), Err(Errno::ISDIR));
        assert_eq!(guest.rmdir(ROOT, "file/"), Err(Errno::NOTDIR));
        assert_eq!(guest.rename(ROOT, "file/", ROOT, "new"), Err(Errno::NOTDIR));
        assert_eq!(guest.rename(ROOT, "file", ROOT, "new/"), Err(Errno::NOTDIR));
        guest.rename(ROOT, "dir/", ROOT, "new/").unwrap();
        guest.rmdir(ROOT, "new/").unwrap();
    });
}

#[test]
fn a_path_is_a_text_that_says_something() {
    everywhere(|guest| {
        guest.touch(ROOT, "file");
        assert_eq!(guest.open(ROOT, "", 0, READ), Err(Errno::NOENT));
        assert_eq!(guest.stat(ROOT, "", true), Err(Errno::NOENT));
        assert_eq!(guest.open(ROOT, "file\0", 0, READ), Err(Errno::INVAL));
        assert_eq!(guest.open(ROOT, "file\0/../../x", 0, READ), Err(Errno::INVAL));
        let long = "x/".repeat(2048);
        assert_eq!(guest.open(ROOT, &long, 0, READ), Err(Errno::NAMETOOLONG));
        let (at, _) = guest.put(0, b"\xff\xfe");
        let opened = guest.call(|call| call.path_open(ROOT, 0, at, 2, CREATE, 0, 0, 0, 100));
        assert_eq!(opened, Err(Errno::ILSEQ));
        let looked = guest.call(|call| call.path_filestat_get(ROOT, 2, at, 2, 100));
        assert_eq!(looked, Err(Errno::ILSEQ));
        let (at, length) = guest.path("file");
        let looked = guest.call(|call| call.path_filestat_get(ROOT, 2, at, length, 100));
        assert_eq!(looked, Err(Errno::INVAL));
    });
}

#[test]
fn names_of_any_language_are_kept() {
    everywhere(|guest| {
        for name in ["grün.txt", "日本語", "a b\"c'", "-", "...", "\n", "\\"] {
            guest.touch(ROOT, name);
            assert_eq!(guest.stat(ROOT, name, false).unwrap().kind, REGULAR);
            let (entries, _) = guest.readdir(ROOT, 4096, 0).unwrap();
            assert!(entries.iter().any(|entry| entry.name == name), "{name}");
            guest.unlink(ROOT, name).unwrap();
        }
    });
}
