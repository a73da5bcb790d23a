//! Translates the messages of `wasmparser` about bytes that are not a whole module. They are never
//! about a text.

use watshop_protocol::{Sentence, pattern, say};

/// Messages without variable parts, and their sentences.
const FIXED: &[(&str, &str)] = &[
    ("unexpected end-of-file", CUT),
    ("unexpected end", CUT),
    (
        "section out of order",
        pattern!(
            "The sections of this binary are not in their order, or one of them is there twice."
        ),
    ),
    ("wasm version header out of order", pattern!("A second module begins inside of this one.")),
    (
        "expected section, got wasm magic number",
        pattern!("A second module begins inside of this one."),
    ),
    ("malformed UTF-8 encoding", pattern!("A name in this binary is not written in UTF-8.")),
    ("string size out of bounds", pattern!("A name in this binary is longer than 100,000 bytes.")),
    ("zero byte expected", pattern!("The byte here must be 0, and is not.")),
    ("malformed mutability byte for field type", FLAGS),
    ("malformed global flags", FLAGS),
    ("malformed memop: reserved flags bits set", FLAGS),
    ("invalid memory limits flags", FLAGS),
    ("invalid table resizable limits flags", FLAGS),
    ("invalid table encoding", FLAGS),
    ("invalid tag attributes", FLAGS),
    ("invalid flags byte in data segment", FLAGS),
    ("invalid flags byte in element segment", FLAGS),
    ("malformed section id", FLAGS),
    ("invalid u7", FLAGS),
    ("malformed reference type", FLAGS),
    ("function and code section have inconsistent lengths", BODIES),
    ("function section has non-zero count but code section is absent", BODIES),
    ("function section is absent but code section has non-zero count", BODIES),
    ("data count and data section have inconsistent lengths", SEGMENTS),
    ("data count is non-zero but data section is absent", SEGMENTS),
    ("data count section specifies too many data segments", SEGMENTS),
    (
        "data count section required",
        pattern!(
            "`memory.init` and `data.drop` need a section before the code that says how many data segments there are."
        ),
    ),
    ("section size mismatch: unexpected data at the end of the section", LENGTH),
    ("trailing bytes at end of section", LENGTH),
    ("trailing bytes at end of custom section", LENGTH),
    ("trailing data in br_table", LENGTH),
    ("unexpected data at the end of operators", LENGTH),
    (
        "operators remaining after end of function body or expression",
        pattern!("Instructions stand behind the end of this function."),
    ),
    (
        "control frames remain at end of function body or expression",
        pattern!("A block of this function is never closed: an `end` is missing."),
    ),
    (
        "control frames remain at end of expression",
        pattern!("A block of this expression is never closed: an `end` is missing."),
    ),
    ("nonzero byte after `atomic.fence`", pattern!("The byte behind `atomic.fence` must be 0.")),
    ("invalid function type", pattern!("This is not the type of a function.")),
    ("only the function external type is supported in elem segment", FLAGS),
];

const CUT: &str = pattern!(
    "The binary ends in the middle of something: it was cut off, or a length in it is wrong."
);
const FLAGS: &str = pattern!("The byte here has a value that means nothing in a module.");
const BODIES: &str =
    pattern!("The binary announces another number of functions than it has code for.");
const SEGMENTS: &str =
    pattern!("The binary announces another number of data segments than it has.");
const LENGTH: &str = pattern!("A part of this binary has another length than it says.");

/// The sentence for a fault of the bytes. `None` for another message.
pub(super) fn sentence_of(message: &str) -> Option<Sentence> {
    if let Some((_, said)) = FIXED.iter().find(|(words, _)| *words == message) {
        return Some(Sentence::plain(said));
    }
    if let Some(id) = message.strip_prefix("malformed section id: ") {
        return Some(say!("A section of the kind {id} begins here, and there is no such kind."));
    }
    if message.starts_with("section too large") || message.ends_with("size is out of bounds") {
        return Some(Sentence::plain(CUT));
    }
    if message.starts_with("unexpected content in the ") {
        return Some(Sentence::plain(LENGTH));
    }
    if message.ends_with(": integer representation too long")
        || message.ends_with(": integer too large")
    {
        return Some(say!(
            "The number here is written with more bytes, or is larger, than its place permits."
        ));
    }
    if let Some(code) = message.strip_prefix("illegal opcode: ") {
        return Some(say!("No instruction has the code {code}."));
    }
    if let Some((prefix, code)) =
        message.strip_prefix("unknown ").and_then(|rest| rest.split_once(" subopcode: "))
    {
        let code = format!("{prefix} {code}");
        return Some(say!("No instruction has the code {code}."));
    }
    if let Some(version) = message.strip_prefix("unknown binary version: ") {
        let version = version.trim();
        return Some(say!("This binary is of version {version}, and there is only version 1."));
    }
    if message.starts_with("magic header not detected") {
        return Some(say!("These bytes do not begin as a module does."));
    }
    let (byte, thing) = message.strip_prefix("invalid leading byte (")?.split_once(") for ")?;
    let thing = match thing {
        "external kind" => say!("kind of an import or export"),
        "type" => say!("type"),
        words => say!("{words}"),
    };
    Some(say!("The byte {byte} stands here, but no {thing} begins with it."))
}
