//! Tables in a terminal.

/// Columns of text: the first to the left, the others to the right.
pub(crate) fn columns(head: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let all: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width = |at: usize| {
        all.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..all[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).zip(0..).map(|((cell, width), at)| match at {
            0 => format!("  {cell:<width$}"),
            _ => format!("  {cell:>width$}"),
        });
        format!("{}\n", cells.collect::<String>().trim_end())
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = columns(row(["", "time"]), vec![row(["a", "10 µs"]), row(["bcd", "9 µs"])]);
        assert_eq!(text, "        time\n  a    10 µs\n  bcd   9 µs\n");
    }
}
