//! The bounds of sizes and counts. Each number stands here once, and `protocol.ts` has it from here.

macro_rules! bounds {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $value:expr;)+) => {
        $($(#[doc = $doc])+ pub const $name: $type = $value;)+

        /// Name, doc comment and number of each bound, for the TypeScript.
        pub(crate) const ALL: &[(&str, &str, u64)] =
            &[$((stringify!($name), concat!($($doc, "\n"),+), $name as u64)),+];
    };
}

bounds! {
    /// The bytes of a page of linear memory.
    PAGE_BYTES: u32 = 65_536;
    /// The most pages that 32-bit addresses reach.
    MOST_PAGES: u32 = 65_536;
    /// The last address that 32 bits reach.
    LAST_ADDRESS: u32 = u32::MAX;
    /// The most elements that 32-bit indices reach.
    MOST_ELEMENTS: u32 = u32::MAX;
    /// The most bytes that a memory can begin with, all its pieces together.
    MOST_INIT_BYTES: u32 = 1 << 20;
    /// The most times that an export is called at once. Their times are kept for sorting, in 80 MB.
    MOST_TIMES: u32 = 10_000_000;
    /// The most samples that a runner keeps of a bench, in 8 MB.
    MOST_SAMPLES: u32 = 1_000_000;
    /// The most samples of a bench in one answer.
    MOST_SAMPLES_READ: u32 = 1 << 17;
    /// The most records that the history of a tab keeps.
    MOST_RECORDS: u32 = 1000;
    /// The most host calls that an instance keeps.
    MOST_KEPT_CALLS: u32 = 10_000;
    /// The most calls of WASI that an instance keeps.
    MOST_KEPT_WASI_CALLS: u32 = 20_000;
    /// The most bytes of memory in one request or answer.
    MOST_BYTES: u32 = 1 << 20;
    /// The most bytes that are typed into a terminal at once: the longest line of one on Linux
    /// (termios(3)), and as many as a pipe takes whole or not at all (pipe(7)).
    MOST_TYPED: u32 = 4096;
    /// The most bytes of a file that is standard input.
    MOST_INPUT_BYTES: u32 = 1 << 20;
    /// The most bytes of all files of a folder that Watshop holds for a WASI program.
    MOST_HELD_BYTES: u32 = 64 << 20;
    /// The most files, folders and links of such a folder.
    MOST_HELD_ENTRIES: u32 = 4096;
    /// The most bytes that a tab keeps of its programs' output. Older ones are dropped.
    MOST_OUTPUT_KEPT: u64 = 4 << 30;
    /// The most bytes of that output in one answer.
    MOST_OUTPUT_READ: u32 = 1 << 20;
    /// The bytes of output that a page draws before it says so with `tab.output_shown`. The workbench
    /// holds further output back if no page has drawn twice as many.
    OUTPUT_SHOWN_EVERY: u32 = 32 << 10;
    /// The most elements of a table in one answer.
    MOST_ELEMENTS_READ: u32 = 1000;
    /// The most places or ranges of a memory in one answer.
    MOST_FOUND: u32 = 1000;
    /// The most buckets of a memory in one answer.
    MOST_BUCKETS: u32 = 4096;
    /// The most host calls in one answer.
    MOST_CALLS: u32 = 1000;
    /// The most rows of a list in one message: exports, imports, sections. The others come on request.
    MOST_ROWS: u32 = 1000;
    /// The bytes of names and types after which a list ends, if it has a row.
    MOST_LIST_BYTES: u32 = 256 << 10;
    /// The most characters of a name where it is shown. A longer one is shortened, with its length.
    MOST_NAME: u32 = 200;
    /// The most types of a function that are spelled out. Then their number follows.
    MOST_TYPES: u32 = 32;
    /// The most bytes of an error's sentence.
    MOST_SENTENCE: u32 = 16 << 10;
    /// The most frames of a stack in an error.
    MOST_FRAMES: u32 = 1000;
    /// The most bytes of the JSON of a tab's settings. Most of them are its import object.
    MOST_SETTINGS: u32 = 8 << 20;
    /// The most bytes of an event, and of a reply without a text.
    MOST_MESSAGE: u32 = 16 << 20;
    /// The most bytes of a reply with the text of a tab. A text has 100 MB at most, and JSON may
    /// spell a character with six.
    MOST_TEXT_MESSAGE: u32 = 640 << 20;
}
