use super::settings::Limits;
use super::{Error, ErrorCode, Result};
use crate::Sentence;
use crate::say;

impl Limits {
    /// Checks that a memory may start with this number of pages. `name` is the memory in a
    /// sentence: `memory 0`.
    ///
    /// # Errors
    ///
    /// `memory_limit`.
    pub fn check_memory(&self, name: &Sentence, minimum: u64) -> Result<()> {
        if minimum <= self.memory_pages.into() {
            return Ok(());
        }
        Err(too_much(
            ErrorCode::MemoryLimit,
            name,
            &pages(minimum),
            &pages(self.memory_pages.into()),
        ))
    }

    /// Checks that a table may start with this number of elements.
    ///
    /// # Errors
    ///
    /// `table_limit`.
    pub fn check_table(&self, name: &Sentence, minimum: u64) -> Result<()> {
        if minimum <= self.table_elements.into() {
            return Ok(());
        }
        let (declared, limit) = (say!("{minimum} elements"), say!("{}", self.table_elements));
        Err(too_much(ErrorCode::TableLimit, name, &declared, &limit))
    }
}

fn too_much(code: ErrorCode, name: &Sentence, declared: &Sentence, limit: &Sentence) -> Error {
    Error::new(code, say!("The module's {name} starts with {declared}; the limit is {limit}."))
        .help(say!("Let the module start with less."))
}

fn pages(count: u64) -> Sentence {
    let kib = count * 64;
    let size = match kib {
        0..1024 => format!("{kib} KiB"),
        1024..1_048_576 => format!("{} MiB", kib / 1024),
        _ => format!("{:.1} GiB", kib as f64 / 1_048_576.0),
    };
    say!("{count} pages ({size})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_a_limit_is_told_with_its_size() {
        let limits = Limits { memory_pages: 16, table_elements: 9, ..Limits::default() };
        assert!(
            limits.check_memory(&say!("memory 0"), 16).is_ok()
                && limits.check_table(&say!("table 0"), 9).is_ok()
        );
        let error = limits.check_memory(&say!("memory `m`"), 65_536).unwrap_err();
        assert_eq!(error.code, ErrorCode::MemoryLimit);
        assert_eq!(
            error.message,
            "The module's memory `m` starts with 65536 pages (4.0 GiB); the limit is 16 pages (1 MiB)."
        );
        let error = limits.check_table(&say!("table 1"), 10).unwrap_err();
        assert_eq!(error.code, ErrorCode::TableLimit);
        assert!(error.message.contains("10 elements; the limit is 9"), "{}", error.message);
    }
}
