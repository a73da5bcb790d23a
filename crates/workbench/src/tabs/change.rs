//! Finds the difference between two texts.

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
    let from = units(&before[..start]);
    Some(TextChange {
        from,
        to: from + units(&before[start..old_end]),
        insert: insert.to_owned(),
        length: units(after),
    })
}

fn same<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
    pairs.take_while(|(one, other)| one == other).count()
}

/// The length in UTF-16 code units: one for each character, two for a character of four bytes.
fn units(text: &str) -> u64 {
    let bytes = text.as_bytes();
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
