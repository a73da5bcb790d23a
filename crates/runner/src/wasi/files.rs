//! Descriptors: standard input, output and error, which are pipes. There are no folders, so there
//! is nothing that a path could lead to.

use watshop_protocol::page::Stream;
use watshop_protocol::process::runner::Notice;

use super::errno::{Answer, BADF, INVAL, NOTDIR, NOTSOCK, NOTSUP, SPIPE};
use super::guest::Guest;
use super::process::Stdio;
use super::stopped;

/// How much is handed on at once.
const PIECE: usize = 64 << 10;

/// The file type of what is no terminal, file or folder.
const UNKNOWN: u8 = 0;

const FD_READ: u64 = 1 << 1;
const FD_WRITE: u64 = 1 << 6;
const FD_FILESTAT_GET: u64 = 1 << 21;
const POLL_FD_READWRITE: u64 = 1 << 27;

pub fn fd_close(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.process().descriptors.remove(&fd).map(|_| ()).ok_or(BADF.into())
}

pub fn fd_renumber(guest: &mut Guest<'_>, from: u32, to: u32) -> Answer {
    let what = guest.descriptor(from)?;
    guest.descriptor(to)?;
    let descriptors = &mut guest.process().descriptors;
    descriptors.remove(&from);
    descriptors.insert(to, what);
    Ok(())
}

/// What a program asks to know whether it writes to a terminal: here it does not.
pub fn fd_fdstat_get(guest: &mut Guest<'_>, fd: u32, to: u32) -> Answer {
    let own = match guest.descriptor(fd)? {
        Stdio::Input => FD_READ,
        Stdio::Output(_) => FD_WRITE,
    };
    let rights = own | FD_FILESTAT_GET | POLL_FD_READWRITE;
    let mut stat = [0; 24];
    stat[0] = UNKNOWN;
    stat[8..16].copy_from_slice(&rights.to_le_bytes());
    guest.write(to, &stat)
}

/// All that is known is that it is no file: everything else is 0.
pub fn fd_filestat_get(guest: &mut Guest<'_>, fd: u32, to: u32, size: usize) -> Answer {
    guest.descriptor(fd)?;
    guest.write(to, &[UNKNOWN; 64][..size])
}

pub fn fd_read(guest: &mut Guest<'_>, fd: u32, pieces: u32, count: u32, read: u32) -> Answer {
    match guest.descriptor(fd)? {
        Stdio::Input => {
            guest.pieces(pieces, count)?;
            guest.put_u32(read, 0)
        }
        Stdio::Output(_) => Err(BADF.into()),
    }
}

pub fn fd_write(guest: &mut Guest<'_>, fd: u32, pieces: u32, count: u32, written: u32) -> Answer {
    let Stdio::Output(stream) = guest.descriptor(fd)? else { return Err(BADF.into()) };
    let pieces = guest.pieces(pieces, count)?;
    guest.check(written, 4)?;
    let mut all = 0;
    for (start, length) in pieces {
        hand_on(guest, stream, start, length)?;
        all += length;
    }
    guest.put_u32(written, all)
}

fn hand_on(guest: &mut Guest<'_>, stream: Stream, start: u32, length: u32) -> Answer {
    let mut buffer = vec![0; PIECE.min(length as usize)];
    let output = Notice::Output { stream };
    let mut done = 0;
    while done < length {
        let piece = buffer.len().min((length - done) as usize);
        guest.read(start + done, &mut buffer[..piece])?;
        let process = guest.process();
        let taken = process.outbox.output(&output, &buffer[..piece], || process.stop.wanted());
        if taken < piece {
            return Err(stopped());
        }
        done += piece as u32;
    }
    Ok(())
}

/// Reading or writing at a position.
pub fn at_a_position(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.descriptor(fd)?;
    Err(SPIPE.into())
}

/// What only a file on a disk can do.
pub fn of_a_file(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.descriptor(fd)?;
    Err(INVAL.into())
}

/// What a pipe could do, and cannot here.
pub fn not_here(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.descriptor(fd)?;
    Err(NOTSUP.into())
}

/// What only a folder can do.
pub fn of_a_folder(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.descriptor(fd)?;
    Err(NOTDIR.into())
}

/// What only a folder that the program was started with can do: there is none.
pub fn of_a_preopen(_: &mut Guest<'_>) -> Answer {
    Err(BADF.into())
}

/// What only a socket can do.
pub fn of_a_socket(guest: &mut Guest<'_>, fd: u32) -> Answer {
    guest.descriptor(fd)?;
    Err(NOTSOCK.into())
}
