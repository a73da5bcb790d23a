//! The instructions of a run as text.

use watshop_protocol::page::InstructionCounts;
use watshop_protocol::terminal::spelled;

use crate::columns::columns;

/// The most functions that are listed.
const LISTED: usize = 20;

/// The number of all instructions, and a table of the functions with most of them.
pub(super) fn describe(counts: &InstructionCounts) -> String {
    let rows = counts.functions.iter().take(LISTED).map(|function| {
        let index = function.index.to_string();
        let name = function.name.as_deref().map_or(index, spelled::name);
        let share = function.instructions as f64 / counts.total.max(1) as f64 * 100.0;
        vec![name, grouped(function.instructions), format!("{share:.1} %"), grouped(function.calls)]
    });
    let head = ["function", "instructions", "share", "calls"].map(str::to_owned);
    let table = columns(head.into(), rows.collect());
    let more = (counts.count as usize).saturating_sub(LISTED);
    let rest = if more > 0 { format!("  and {more} more functions\n") } else { String::new() };
    format!("{} instructions\n{table}{rest}", grouped(counts.total))
}

/// A number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use watshop_protocol::page::FunctionCount;

    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let shown = [0, 999, 1000, 1_234_567, 100_000].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567", "100,000"]);
    }

    #[test]
    fn the_functions_stand_below_the_sum() {
        let function = |index, name: Option<&str>, instructions| FunctionCount {
            index,
            name: name.map(str::to_owned),
            instructions,
            calls: 2,
        };
        let counts = InstructionCounts {
            counted: true,
            total: 1200,
            functions: vec![function(1, Some("fib"), 900), function(7, None, 300)],
            count: 2,
        };
        assert_eq!(
            describe(&counts),
            "1,200 instructions\n  function  instructions   share  calls\n  fib                900  75.0 %      2\n  \
             7                  300  25.0 %      2\n"
        );
    }
}
