//! Finds the difference between two texts, and applies one to a text.

use watshop_protocol::page::TextChange;

/// The bytes of the longest change that is sent to every window. For a longer one, each window
/// requests the text when it has time.
const LONGEST: usize = 64 << 10;

/// The one piece that differs. `None` if it is too long.
pub(crate) fn between(before: &str, after: &str) -> Option<TextChange> {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let start = same(old.iter().zip(new));
    // A character is never cut in two: one that differs in a part belongs to the difference.
    let start = before.floor_char_boundary(start).min(after.floor_char_boundary(start));
    let end = same(old[start..].iter().rev().zip(new[start..].iter().rev()));
    let old_end = before.ceil_char_boundary(before.len() - end);
    let end = before.len() - old_end;
    let new_end = after.len() - end;
    debug_assert!(
        after.is_char_boundary(new_end),
        "what is the same begins with a whole character"
    );
    let insert = &after[start..new_end];
    if insert.len() > LONGEST {
        return None;
    }
    let from = units(&old[..start]);
    Some(TextChange {
        from,
        to: from + units(&old[start..old_end]),
        insert: insert.to_owned(),
        length: units(new),
    })
}

/// The change for the event to every window; `None` if it is long.
pub(crate) fn told(change: TextChange) -> Option<TextChange> {
    (change.insert.len() <= LONGEST).then_some(change)
}

/// The text after a change; `None` if the change belongs to another text.
pub(crate) fn apply(before: &str, change: &TextChange) -> Option<String> {
    let TextChange { from, to, insert, length } = change;
    let start = place(before, *from)?;
    let end = start + place(&before[start..], to.checked_sub(*from)?)?;
    let text = [&before[..start], insert, &before[end..]].concat();
    (units(text.as_bytes()) == *length).then_some(text)
}

/// The byte behind so many UTF-16 code units; `None` past the end or within a character.
fn place(text: &str, mut left: u64) -> Option<usize> {
    /// Bytes that are counted at once, which is quicker than one after the other.
    const BLOCK: usize = 4096;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(block) = bytes.get(at..at + BLOCK) {
        let Some(rest) = left.checked_sub(units(block)).filter(|rest| *rest > 0) else { break };
        (left, at) = (rest, at + BLOCK);
    }
    // Bytes of a character that the last block began belong to it.
    at = text.ceil_char_boundary(at);
    for character in text[at..].chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(character.len_utf16() as u64)?;
        at += character.len_utf8();
    }
    (left == 0).then_some(at)
}

fn same<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

/// The length in UTF-16 code units: one for each character, two for a character of four bytes.
fn units(bytes: &[u8]) -> u64 {
    let count = |is: fn(u8) -> bool| bytes.iter().filter(|byte| is(**byte)).count() as u64;
    count(|byte| byte & 0xc0 != 0x80) + count(|byte| byte >= 0xf0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_change_makes_the_new_text_of_the_old_one(before in "[aé€😀😁\r\n]{0,20}", after in "[aé€😀😁\r\n]{0,20}") {
            let change = between(&before, &after).unwrap();
            let mut text: Vec<u16> = before.encode_utf16().collect();
            text.splice(change.from as usize..change.to as usize, change.insert.encode_utf16());
            prop_assert_eq!(String::from_utf16(&text).unwrap(), &*after);
            prop_assert_eq!(text.len() as u64, change.length);
            prop_assert_eq!(apply(&before, &change), Some(after));
        }

        #[test]
        fn a_change_is_put_where_it_belongs_however_long_the_text_is(
            pieces in proptest::collection::vec("[aé€😀]{0,40}", 200..400), at in 0.0..1.0, gone in 0.0..1.0,
        ) {
            let before: Vec<char> = pieces.concat().chars().collect();
            let from = (at * before.len() as f64) as usize;
            let to = from + (gone * (before.len() - from) as f64) as usize;
            let text = |characters: &[char]| characters.iter().collect::<String>();
            let after = format!("{}😀{}", text(&before[..from]), text(&before[to..]));
            let long = |text: &str| units(text.as_bytes());
            let change = TextChange {
                from: long(&text(&before[..from])),
                to: long(&text(&before[..to])),
                insert: "😀".into(),
                length: long(&after),
            };
            prop_assert_eq!(apply(&text(&before), &change), Some(after));
        }
    }

    #[test]
    fn a_change_of_another_text_is_none() {
        let change =
            |from, to, insert: &str, length| TextChange { from, to, insert: insert.into(), length };
        assert_eq!(apply("a😀b", &change(3, 4, "c", 4)).as_deref(), Some("a😀c"));
        assert_eq!(apply("", &change(0, 0, "", 0)).as_deref(), Some(""));
        for wrong in [
            change(2, 2, "c", 5),
            change(1, 2, "", 3),
            change(3, 5, "", 3),
            change(5, 5, "", 4),
            change(2, 1, "", 4),
            change(0, 0, "c", 4),
            change(u64::MAX, u64::MAX, "", 4),
            change(0, u64::MAX, "", 4),
        ] {
            assert_eq!(apply("a😀b", &wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_the_same_is_not_sent() {
        let long = "(module)".repeat(400_000);
        let change = between(&long, &format!("{long}x")).unwrap();
        assert_eq!((change.from, change.to, change.insert.as_str()), (3_200_000, 3_200_000, "x"));
        assert_eq!(between("", &long), None, "a window asks for what is long");
        assert_eq!(between(&long, "").unwrap().insert, "");
    }
}
