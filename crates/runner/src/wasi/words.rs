//! Arguments and environment.

use super::errno::Answer;
use super::guest::Guest;

pub fn args_sizes_get(guest: &mut Guest<'_>, count: u32, bytes: u32) -> Answer {
    let words = guest.process().arguments.clone();
    sizes(guest, &words, count, bytes)
}

pub fn args_get(guest: &mut Guest<'_>, pointers: u32, bytes: u32) -> Answer {
    let words = guest.process().arguments.clone();
    put(guest, &words, pointers, bytes)
}

pub fn environ_sizes_get(guest: &mut Guest<'_>, count: u32, bytes: u32) -> Answer {
    let words = guest.process().environment.clone();
    sizes(guest, &words, count, bytes)
}

pub fn environ_get(guest: &mut Guest<'_>, pointers: u32, bytes: u32) -> Answer {
    let words = guest.process().environment.clone();
    put(guest, &words, pointers, bytes)
}

fn sizes(guest: &mut Guest<'_>, words: &[Vec<u8>], count: u32, bytes: u32) -> Answer {
    // The settings' bound on their text is far below what does not fit.
    guest.put_u32(count, words.len() as u32)?;
    guest.put_u32(bytes, words.iter().map(Vec::len).sum::<usize>() as u32)
}

/// The words one after the other, and a pointer to each. Nothing is written unless all of it has
/// its place.
fn put(guest: &mut Guest<'_>, words: &[Vec<u8>], pointers: u32, bytes: u32) -> Answer {
    let mut at = bytes;
    let mut table = Vec::with_capacity(words.len() * 4);
    for word in words {
        table.extend(at.to_le_bytes());
        at = at.wrapping_add(word.len() as u32);
    }
    let text = words.concat();
    guest.check(pointers, table.len() as u64)?;
    guest.check(bytes, text.len() as u64)?;
    guest.write(pointers, &table)?;
    guest.write(bytes, &text)
}
