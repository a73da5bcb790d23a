//! Hard and symbolic links.

use watshop_wasi::{Errno, Rights};

use crate::guest::{CREATE, DIRECTORY, FOLDER, LINK, READ, READ_WRITE, REGULAR, ROOT, everywhere};

#[test]
fn hard_links_are_counted_and_are_one_file() {
    everywhere(|guest| {
        let fd = guest.open(ROOT, "file", CREATE, READ_WRITE).unwrap();
        guest.mkdir(ROOT, "dir").unwrap();
        let dir = guest.folder(ROOT, "dir").unwrap();
        assert_eq!(guest.fstat(fd).unwrap().links, 1);
        guest.link(ROOT, "file", ROOT, "second").unwrap();
        guest.link(ROOT, "file", dir, "third").unwrap();
        guest.write(fd, b"abc").unwrap();
        let told = guest.stat(dir, "third", false).unwrap();
        assert_eq!((told.links, told.size), (3, 3));
        assert_eq!(guest.stat(ROOT, "second", false).unwrap().inode, told.inode);
        guest.unlink(ROOT, "file").unwrap();
        assert_eq!(guest.fstat(fd).unwrap().links, 2);
        for (path, name, why) in [
            ("second", "dir", Errno::EXIST),
            ("second", "second", Errno::EXIST),
            ("second", "none/", Errno::NOENT),
            ("second", "dir/", Errno::EXIST),
            ("second", "dir/third/", Errno::NOTDIR),
            ("second/", "new", Errno::NOTDIR),
            ("dir", "new", Errno::PERM),
            ("none", "new", Errno::NOENT),
        ] {
            assert_eq!(guest.link(ROOT, path, ROOT, name), Err(why), "{path} {name}");
        }
        let (path, new) = (guest.path("second"), guest.second("new"));
        let followed = guest.call(|c| c.path_link(ROOT, 1, path.0, path.1, ROOT, new.0, new.1));
        assert_eq!(followed, Err(Errno::INVAL));
    });
}

#[test]
fn a_symbolic_link_is_followed_only_if_it_is_wished() {
    everywhere(|guest| {
        guest.mkdir(ROOT, "dir").unwrap();
        guest.touch(ROOT, "dir/file");
        guest.symlink("dir/file", ROOT, "to-file").unwrap();
        guest.symlink("dir", ROOT, "to-dir").unwrap();
        assert_eq!(guest.stat(ROOT, "to-file", false).unwrap().kind, LINK);
        assert_eq!(guest.stat(ROOT, "to-file", true).unwrap().kind, REGULAR);
        assert_eq!(guest.stat(ROOT, "to-dir", true).unwrap().kind, DIRECTORY);
        assert_eq!(guest.stat(ROOT, "to-dir/", false).unwrap().kind, DIRECTORY);
        assert_eq!(guest.stat(ROOT, "to-dir/file", false).unwrap().kind, REGULAR);
        assert_eq!(guest.open(ROOT, "to-file", 0, READ), Err(Errno::LOOP));
        assert_eq!(guest.open(ROOT, "to-dir", FOLDER, READ), Err(Errno::NOTDIR));
        let follow = |guest: &mut crate::guest::Guest, path: &str, oflags| {
            guest.open_with(ROOT, 1, path, oflags, Rights::FD_READ, Rights::NONE, 0)
        };
        follow(guest, "to-file", 0).unwrap();
        follow(guest, "to-dir", FOLDER).unwrap();
        assert_eq!(follow(guest, "to-file", FOLDER), Err(Errno::NOTDIR));
        guest.link(ROOT, "to-file", ROOT, "same-link").unwrap();
        assert_eq!(guest.stat(ROOT, "same-link", false).unwrap().kind, LINK);
        guest.unlink(ROOT, "to-dir").unwrap();
        assert_eq!(guest.stat(ROOT, "dir/file", false).unwrap().kind, REGULAR);
    });
}

#[test]
fn links_to_nothing_and_to_themselves_are_links() {
    everywhere(|guest| {
        guest.symlink("nothing", ROOT, "dangling").unwrap();
        guest.symlink("loop", ROOT, "loop").unwrap();
        assert_eq!(guest.stat(ROOT, "dangling", false).unwrap().kind, LINK);
        assert_eq!(guest.stat(ROOT, "dangling", true), Err(Errno::NOENT));
        assert_eq!(guest.stat(ROOT, "loop", true), Err(Errno::LOOP));
        assert_eq!(guest.open(ROOT, "dangling", 0, Rights::NONE), Err(Errno::LOOP));
        assert_eq!(guest.open(ROOT, "loop/x", CREATE, READ), Err(Errno::LOOP));
        guest.link(ROOT, "dangling", ROOT, "second").unwrap();
        // A file is made where the link leads.
        let made = guest.open_with(ROOT, 1, "dangling", CREATE, READ, READ, 0).unwrap();
        guest.close(made).unwrap();
        assert_eq!(guest.stat(ROOT, "nothing", false).unwrap().kind, REGULAR);
    });
}

#[test]
fn the_text_of_a_link_is_cut_where_the_room_ends() {
    everywhere(|guest| {
        guest.symlink("target", ROOT, "link").unwrap();
        assert_eq!(guest.stat(ROOT, "link", false).unwrap().size, 6);
        assert_eq!(guest.readlink(ROOT, "link", 10).unwrap(), b"target");
        assert_eq!(guest.readlink(ROOT, "link", 4).unwrap(), b"targ");
        assert_eq!(guest.readlink(ROOT, "link", 0).unwrap(), b"");
        guest.touch(ROOT, "file");
        assert_eq!(guest.readlink(ROOT, "file", 9), Err(Errno::INVAL));
        assert_eq!(guest.readlink(ROOT, "none", 9), Err(Errno::NOENT));
        assert_eq!(guest.symlink("", ROOT, "empty"), Err(Errno::NOENT));
        for (path, why) in [("link", Errno::EXIST), ("none/", Errno::NOENT)] {
            assert_eq!(guest.symlink("x", ROOT, path), Err(why));
        }
        guest.mkdir(ROOT, "dir").unwrap();
        assert_eq!(guest.symlink("x", ROOT, "dir"), Err(Errno::EXIST));
        assert_eq!(guest.symlink("x", ROOT, "dir/"), Err(Errno::EXIST));
        assert_eq!(guest.symlink("x", ROOT, "file/"), Err(Errno::NOTDIR));
    });
}
