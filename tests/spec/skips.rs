//! The skipped directives by reason, and the counts that `skips.tsv` expects.

use std::collections::BTreeMap;

use libtest_mimic::Failed;
use watshop_protocol::page::Compiler;

/// Directives that were not checked, by reason.
#[derive(Default)]
pub struct Skipped(BTreeMap<&'static str, usize>);

impl Skipped {
    pub fn add(&mut self, reason: &'static str) {
        *self.0.entry(reason).or_default() += 1;
    }

    pub fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.iter().map(|(reason, count)| (*reason, *count))
    }
}

/// Compares the counts with those of `skips.tsv`. Fails if they differ.
pub fn compare(compiler: Compiler, file: &str, skipped: &Skipped) -> Result<(), Failed> {
    let expected = expected(compiler, file);
    let found: BTreeMap<_, _> =
        skipped.0.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
    if expected == found {
        return Ok(());
    }
    Err(format!("skips.tsv expects {expected:?} for {file}, and these were skipped: {found:?}")
        .into())
}

fn expected(compiler: Compiler, file: &str) -> BTreeMap<String, usize> {
    let mut expected = BTreeMap::new();
    for line in include_str!("skips.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(who), Some(name), Some(count), Some(reason)) =
            (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        if (who == "*" || who == compiler.as_str()) && name == file {
            let count: usize = count.parse().unwrap_or_else(|_| panic!("skips.tsv: `{line}`"));
            *expected.entry(reason.to_owned()).or_default() += count;
        }
    }
    expected
}
