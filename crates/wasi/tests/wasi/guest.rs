//! A program that calls WASI: a memory, and a method for each function that puts its arguments
//! there.

use std::fs::File;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use watshop_wasi::clock::{Pause, SystemClock, SystemRandom};
use watshop_wasi::descriptors::{Descriptor, Descriptors};
use watshop_wasi::file::{Access, Folder};
use watshop_wasi::host::HostFolder;
use watshop_wasi::virtual_folder::{Room, VirtualFolder};
use watshop_wasi::{Call, Errno, Generation, Memory, Rights, WasiFailure, WasiProcess, WasiResult};

/// The folder that every program here is started with.
pub const ROOT: u32 = 0;

pub const CREATE: u32 = 1;
pub const FOLDER: u32 = 2;
pub const EXCLUSIVE: u32 = 4;
pub const TRUNCATE: u32 = 8;

pub const APPEND: u32 = 1;

pub const READ_WRITE: Rights = Rights(
    Rights::FD_READ.0
        | Rights::FD_WRITE.0
        | Rights::FD_SEEK.0
        | Rights::FD_TELL.0
        | Rights::FD_FILESTAT_GET.0
        | Rights::FD_FILESTAT_SET_SIZE.0
        | Rights::FD_FILESTAT_SET_TIMES.0
        | Rights::FD_ALLOCATE.0
        | Rights::FD_ADVISE.0
        | Rights::FD_SYNC.0
        | Rights::FD_DATASYNC.0
        | Rights::FD_FDSTAT_SET_FLAGS.0,
);

pub const READ: Rights =
    Rights(Rights::FD_READ.0 | Rights::FD_SEEK.0 | Rights::FD_TELL.0 | Rights::FD_FILESTAT_GET.0);

// Where arguments are put: two paths, the list of pieces, the bytes, and the result.
const PATH: u32 = 0;
const SECOND: u32 = 8192;
const PIECES: u32 = 16_384;
pub const BYTES: u32 = 20_000;
pub const RESULT: u32 = 16_000;

/// Sleeps as the system does, and is stopped instead of sleeping long.
struct Sleep;

impl Pause for Sleep {
    fn wait(&mut self, _: &[BorrowedFd<'_>], until: Option<Instant>) -> WasiResult {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let left =
            left.filter(|left| *left < Duration::from_secs(1)).ok_or(WasiFailure::Stopped)?;
        thread::sleep(left);
        Ok(())
    }

    fn stopped(&self) -> bool {
        false
    }
}

pub struct Guest {
    pub process: WasiProcess,
    pub memory: Vec<u8>,
    pub generation: Generation,
}

impl Guest {
    pub fn new(folder: Box<dyn Folder>) -> Self {
        let mut descriptors = Descriptors::default();
        assert_eq!(descriptors.add(Descriptor::preopened(folder, "/".to_owned())), Ok(ROOT));
        let process = WasiProcess {
            arguments: Vec::new(),
            environment: Vec::new(),
            descriptors,
            clock: Box::new(SystemClock),
            random: Box::new(SystemRandom),
            pause: Box::new(Sleep),
        };
        Self { process, memory: vec![0; 1 << 17], generation: Generation::Preview1 }
    }

    pub fn on_host(path: &Path, access: Access) -> Self {
        Self::new(Box::new(HostFolder::new(File::open(path).unwrap(), access)))
    }

    pub fn call(&mut self, work: impl FnOnce(&mut Call<'_>) -> WasiResult) -> Result<(), Errno> {
        let memory = Memory::new(Some(&mut self.memory));
        match work(&mut Call::new(&mut self.process, memory, self.generation)) {
            Ok(()) => Ok(()),
            Err(WasiFailure::Errno(errno)) => Err(errno),
            Err(other) => panic!("{other:?}"),
        }
    }

    pub fn put(&mut self, at: u32, bytes: &[u8]) -> (u32, u32) {
        self.memory[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
        (at, bytes.len() as u32)
    }

    pub fn u32(&self, at: u32) -> u32 {
        u32::from_le_bytes(self.memory[at as usize..at as usize + 4].try_into().unwrap())
    }

    pub fn u64(&self, at: u32) -> u64 {
        u64::from_le_bytes(self.memory[at as usize..at as usize + 8].try_into().unwrap())
    }

    pub fn path(&mut self, path: &str) -> (u32, u32) {
        self.put(PATH, path.as_bytes())
    }

    pub fn second(&mut self, path: &str) -> (u32, u32) {
        self.put(SECOND, path.as_bytes())
    }

    /// Opens without following a link at the end.
    pub fn open(&mut self, fd: u32, path: &str, oflags: u32, rights: Rights) -> Result<u32, Errno> {
        self.open_with(fd, 0, path, oflags, rights, rights, 0)
    }

    #[expect(clippy::too_many_arguments, reason = "as WASI has it")]
    pub fn open_with(
        &mut self,
        fd: u32,
        lookup: u32,
        path: &str,
        oflags: u32,
        rights: Rights,
        inheriting: Rights,
        flags: u32,
    ) -> Result<u32, Errno> {
        let (at, length) = self.path(path);
        let (rights, inheriting) = (rights.0, inheriting.0);
        self.call(|call| {
            call.path_open(fd, lookup, at, length, oflags, rights, inheriting, flags, RESULT)
        })?;
        Ok(self.u32(RESULT))
    }

    /// Makes an empty file.
    pub fn touch(&mut self, fd: u32, path: &str) {
        let made = self.open(fd, path, CREATE, Rights::NONE).unwrap();
        self.close(made).unwrap();
    }

    /// Opens a folder with all that its parent hands on.
    pub fn folder(&mut self, fd: u32, path: &str) -> Result<u32, Errno> {
        self.open(fd, path, FOLDER, Rights::OF_FOLDER_AND_FILES & !Rights::OF_WRITING)
    }

    pub fn close(&mut self, fd: u32) -> Result<(), Errno> {
        self.call(|call| call.fd_close(fd))
    }

    pub fn write(&mut self, fd: u32, bytes: &[u8]) -> Result<u32, Errno> {
        let (at, length) = self.put(BYTES, bytes);
        self.put(PIECES, &[at.to_le_bytes(), length.to_le_bytes()].concat());
        self.call(|call| call.fd_write(fd, PIECES, 1, RESULT))?;
        Ok(self.u32(RESULT))
    }

    pub fn read(&mut self, fd: u32, length: u32) -> Result<Vec<u8>, Errno> {
        self.put(PIECES, &[BYTES.to_le_bytes(), length.to_le_bytes()].concat());
        self.call(|call| call.fd_read(fd, PIECES, 1, RESULT))?;
        Ok(self.memory[BYTES as usize..][..self.u32(RESULT) as usize].to_vec())
    }

    pub fn pwrite(&mut self, fd: u32, bytes: &[u8], offset: u64) -> Result<u32, Errno> {
        let (at, length) = self.put(BYTES, bytes);
        self.put(PIECES, &[at.to_le_bytes(), length.to_le_bytes()].concat());
        self.call(|call| call.fd_pwrite(fd, PIECES, 1, offset, RESULT))?;
        Ok(self.u32(RESULT))
    }

    pub fn pread(&mut self, fd: u32, length: u32, offset: u64) -> Result<Vec<u8>, Errno> {
        self.put(PIECES, &[BYTES.to_le_bytes(), length.to_le_bytes()].concat());
        self.call(|call| call.fd_pread(fd, PIECES, 1, offset, RESULT))?;
        Ok(self.memory[BYTES as usize..][..self.u32(RESULT) as usize].to_vec())
    }

    pub fn seek(&mut self, fd: u32, offset: i64, whence: u32) -> Result<u64, Errno> {
        self.call(|call| call.fd_seek(fd, offset.cast_unsigned(), whence, RESULT))?;
        Ok(self.u64(RESULT))
    }

    pub fn tell(&mut self, fd: u32) -> Result<u64, Errno> {
        self.call(|call| call.fd_tell(fd, RESULT))?;
        Ok(self.u64(RESULT))
    }

    pub fn mkdir(&mut self, fd: u32, path: &str) -> Result<(), Errno> {
        let (at, length) = self.path(path);
        self.call(|call| call.path_create_directory(fd, at, length))
    }

    pub fn rmdir(&mut self, fd: u32, path: &str) -> Result<(), Errno> {
        let (at, length) = self.path(path);
        self.call(|call| call.path_remove_directory(fd, at, length))
    }

    pub fn unlink(&mut self, fd: u32, path: &str) -> Result<(), Errno> {
        let (at, length) = self.path(path);
        self.call(|call| call.path_unlink_file(fd, at, length))
    }

    pub fn rename(&mut self, fd: u32, path: &str, to: u32, name: &str) -> Result<(), Errno> {
        let (from, name) = (self.path(path), self.second(name));
        self.call(|call| call.path_rename(fd, from.0, from.1, to, name.0, name.1))
    }

    pub fn link(&mut self, fd: u32, path: &str, to: u32, name: &str) -> Result<(), Errno> {
        let (from, name) = (self.path(path), self.second(name));
        self.call(|call| call.path_link(fd, 0, from.0, from.1, to, name.0, name.1))
    }

    pub fn symlink(&mut self, target: &str, fd: u32, path: &str) -> Result<(), Errno> {
        let (target, path) = (self.path(target), self.second(path));
        self.call(|call| call.path_symlink(target.0, target.1, fd, path.0, path.1))
    }

    pub fn readlink(&mut self, fd: u32, path: &str, room: u32) -> Result<Vec<u8>, Errno> {
        let (at, length) = self.path(path);
        self.call(|call| call.path_readlink(fd, at, length, BYTES, room, RESULT))?;
        Ok(self.memory[BYTES as usize..][..self.u32(RESULT) as usize].to_vec())
    }

    pub fn stat(&mut self, fd: u32, path: &str, follow: bool) -> Result<Told, Errno> {
        let (at, length) = self.path(path);
        self.call(|call| call.path_filestat_get(fd, follow.into(), at, length, BYTES))?;
        Ok(self.told())
    }

    pub fn fstat(&mut self, fd: u32) -> Result<Told, Errno> {
        self.call(|call| call.fd_filestat_get(fd, BYTES))?;
        Ok(self.told())
    }

    fn told(&self) -> Told {
        let number = |at: u32| self.u64(BYTES + at);
        Told {
            inode: number(8),
            kind: self.memory[BYTES as usize + 16],
            links: number(24),
            size: number(32),
            accessed: number(40),
            modified: number(48),
        }
    }

    /// Kind, flags, rights, and rights that are handed on.
    pub fn fdstat(&mut self, fd: u32) -> Result<(u8, u32, Rights, Rights), Errno> {
        self.call(|call| call.fd_fdstat_get(fd, BYTES))?;
        let (base, inheriting) = (self.u64(BYTES + 8), self.u64(BYTES + 16));
        let kind = self.memory[BYTES as usize];
        Ok((kind, self.u32(BYTES) >> 16, Rights(base), Rights(inheriting)))
    }

    /// One piece of a listing: each entry that is whole, with where the listing goes on behind it;
    /// and whether the buffer was filled.
    pub fn readdir(
        &mut self,
        fd: u32,
        room: u32,
        cookie: u64,
    ) -> Result<(Vec<Entry>, bool), Errno> {
        self.call(|call| call.fd_readdir(fd, BYTES, room, cookie, RESULT))?;
        let used = self.u32(RESULT);
        assert!(used <= room);
        let (mut at, mut entries) = (BYTES, Vec::new());
        while at + 24 <= BYTES + used {
            let length = self.u32(at + 16);
            if at + 24 + length > BYTES + used {
                break;
            }
            let name = self.memory[at as usize + 24..][..length as usize].to_vec();
            let name = String::from_utf8(name).unwrap();
            let kind = self.memory[at as usize + 20];
            entries.push(Entry { name, next: self.u64(at), inode: self.u64(at + 8), kind });
            at += 24 + length;
        }
        Ok((entries, used == room))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub next: u64,
    pub inode: u64,
    pub kind: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub inode: u64,
    pub kind: u8,
    pub links: u64,
    pub size: u64,
    pub accessed: u64,
    pub modified: u64,
}

pub const DIRECTORY: u8 = 3;
pub const REGULAR: u8 = 4;
pub const LINK: u8 = 7;

/// Checks a rule over a folder of the host and over one in memory.
pub fn everywhere(check: impl Fn(&mut Guest)) {
    let folder = tempfile::tempdir().unwrap();
    check(&mut Guest::on_host(folder.path(), Access::Create));
    check(&mut Guest::new(Box::new(virtual_folder())));
}

pub fn virtual_folder() -> VirtualFolder {
    VirtualFolder::new(Room { bytes: 1 << 20, nodes: 5000 })
}
