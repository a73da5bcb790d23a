//! Recognises files that are not modules. People open a wrong one, and its name helps.

/// A few words with the article: "an ELF executable or library".
pub(crate) fn looks_like(bytes: &[u8]) -> &'static str {
    const STARTS: &[(&[u8], &str)] = &[
        (b"\x7fELF", "an ELF executable or library"),
        (b"MZ", "a Windows executable"),
        (b"\xcf\xfa\xed\xfe", "a macOS executable or library"),
        (b"\xca\xfe\xba\xbe", "a Java class or a macOS executable"),
        (b"!<arch>", "an archive of object files"),
        (b"BC\xc0\xde", "LLVM bitcode"),
        (b"\x1f\x8b", "a gzip file; it must be unpacked first"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard file; it must be unpacked first"),
        (b"PK\x03\x04", "a zip archive; it must be unpacked first"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"SQLite format 3", "an SQLite database"),
        (b"#!", "a script"),
        (b"asm\x01", "a Wasm binary without its first byte"),
        (b"\0asm", "a Wasm binary"),
    ];
    if let Some((_, words)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return words;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return "binary data of another kind" };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.get(..15).unwrap_or(text).to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        "a web page"
    } else if text.starts_with(['{', '[']) {
        "JSON"
    } else if text.starts_with('<') {
        "XML"
    } else if text.contains('\0') {
        "binary data of another kind"
    } else {
        "text that is not WAT, which starts with `(`"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_mistakes_are_named() {
        let cases: &[(&[u8], &str)] = &[
            (b"\x7fELF\x02", "ELF"),
            (b"PK\x03\x04rest", "zip"),
            (b"<!DOCTYPE html><p>", "web page"),
            (b"{\"a\": 1}", "JSON"),
            (b"Dear reader", "text"),
            (b"\x01\x02\xfe\xff\x80", "binary data"),
            (b"a\0b", "binary data"),
        ];
        for (bytes, word) in cases {
            assert!(looks_like(bytes).contains(word), "{}", looks_like(bytes));
        }
    }
}
