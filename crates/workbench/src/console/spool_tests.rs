//! A spool gives back the bytes that it was given.

use super::*;

/// Everything that is kept, from the oldest byte on.
async fn all(spool: &Spool) -> (u64, Vec<u8>) {
    let first = spool.read(0).await.unwrap();
    let (mut bytes, from) = (first.bytes, first.at);
    while from + (bytes.len() as u64) < first.end {
        let next = from + bytes.len() as u64;
        let part = spool.read(next).await.unwrap();
        assert_eq!((part.at, part.end), (next, first.end));
        assert!(!part.bytes.is_empty() && part.bytes.len() <= MOST_OUTPUT_READ as usize);
        bytes.extend(part.bytes);
    }
    (from, bytes)
}

/// Bytes of which no two pieces are alike.
fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

#[tokio::test]
async fn all_bytes_come_back_in_order_whatever_their_pieces_were() {
    let given = bytes(3 * MOST_OUTPUT_READ as usize + 12_345);
    for piece in [1 << 10, PIECE - 1, PIECE, 3 * PIECE + 7] {
        let mut spool = Spool::default();
        for part in given.chunks(piece) {
            spool.keep(part).await;
        }
        assert!(spool.tail.len() < PIECE, "the memory of a spool is bounded");
        assert_eq!(all(&spool).await, (0, given.clone()), "pieces of {piece}");
    }
}

#[tokio::test]
async fn a_little_output_makes_no_file() {
    let mut spool = Spool::default();
    spool.keep(b"hello").await;
    assert!(spool.file.is_none());
    assert_eq!(all(&spool).await, (0, b"hello".to_vec()));
    assert_eq!(spool.read(5).await.unwrap(), Part { at: 5, end: 5, bytes: Vec::new() });
    assert_eq!(spool.read(u64::MAX).await.unwrap().at, 5, "nothing is behind the end");
}

#[tokio::test]
async fn the_oldest_bytes_go_when_there_are_too_many_and_give_their_room_back() {
    use std::os::unix::fs::MetadataExt as _;
    // The bytes before are said to be there, so that the test need not write them.
    let before = MOST_OUTPUT_KEPT - PIECE as u64;
    let mut spool = Spool { in_file: before, ..Spool::default() };
    let given = bytes(4 * PIECE);
    spool.keep(&given).await;
    let part = spool.read(0).await.unwrap();
    assert_eq!(part.end, before + 4 * PIECE as u64);
    assert_eq!(part.at, part.end - MOST_OUTPUT_KEPT);
    assert_eq!(spool.read(before).await.unwrap().bytes, given);
    let about = spool.file.as_ref().unwrap().metadata().unwrap();
    assert!(about.blocks() * 512 <= 5 * PIECE as u64, "holes take no room");
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_dropped_and_what_comes_next_is_kept() {
    let mut spool = Spool::default();
    spool.keep(&bytes(PIECE)).await;
    spool.file = Some(Arc::new(File::open("/dev/null").unwrap()));
    spool.keep(&bytes(PIECE)).await;
    assert!(spool.file.is_none(), "the room of the file is given back");
    spool.keep(&bytes(PIECE + 1)).await;
    assert_eq!(all(&spool).await, (2 * PIECE as u64, bytes(PIECE + 1)));
}

#[tokio::test]
async fn a_closed_tab_keeps_the_end_in_memory_and_goes_on_when_it_is_open_again() {
    let given = bytes(3 * PIECE + 77);
    let mut spool = Spool::default();
    spool.keep(&given).await;
    for _ in 0..2 {
        spool.shrink().await;
        assert!(spool.file.is_none(), "the room on the disk is given back");
        assert_eq!(all(&spool).await, ((2 * PIECE + 77) as u64, given[2 * PIECE + 77..].to_vec()));
    }
    spool.keep(b"again").await;
    let (from, kept) = all(&spool).await;
    assert_eq!((from, kept.len()), ((2 * PIECE + 77) as u64, PIECE + 5));
    assert!(kept.ends_with(b"again"));
    let mut small = Spool::default();
    small.keep(b"hello").await;
    small.shrink().await;
    assert_eq!(all(&small).await, (0, b"hello".to_vec()));
}

#[tokio::test]
async fn each_source_has_its_own_half_of_a_sequence() {
    use watshop_protocol::page::Stream;
    let mut spool = Spool::default();
    spool.push(OutputSource::program(Stream::Stdout), b"one\x1b[3").await;
    spool.push(OutputSource::program(Stream::Stderr), b" two ").await;
    spool.push(OutputSource::program(Stream::Stdout), b"1mthree").await;
    assert_eq!(all(&spool).await, (0, b"one two three".to_vec()));
}
