//! The kinds of a program's standard streams, as a runner's command line has them.

/// The kind of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// A terminal.
    Terminal,
    /// A file.
    File,
    /// A pipe, or anything else.
    Pipe,
}

impl StreamKind {
    const NAMES: [(Self, &str); 3] =
        [(Self::Terminal, "terminal"), (Self::File, "file"), (Self::Pipe, "pipe")];

    /// The kinds of standard input, output and error as one word, such as `terminal,pipe,file`.
    pub fn word(kinds: [Self; 3]) -> String {
        let name = |kind| Self::NAMES.iter().find(|(own, _)| *own == kind).map_or("", |(_, n)| n);
        kinds.map(name).join(",")
    }

    /// Reads such a word. `None` if it is not one.
    pub fn read(word: &str) -> Option<[Self; 3]> {
        let kinds = word
            .split(',')
            .map(|part| Self::NAMES.iter().find(|(_, name)| *name == part).map(|(kind, _)| *kind));
        kinds.collect::<Option<Vec<_>>>()?.try_into().ok()
    }
}
