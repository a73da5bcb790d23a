//! A report as CSV: a line for each sample.

use watshop_protocol::page::BenchReport;

/// The table of all samples, in nanoseconds.
pub(crate) fn table(report: &BenchReport) -> String {
    let mut text = String::from("module,export,compiler,engine,optimisation,phase,sample,ns\n");
    for entry in &report.entries {
        let contender = entry.contender;
        let optimisation = serde_json::to_value(contender.optimisation).unwrap_or_default();
        let head = [
            quoted(&report.module.name),
            quoted(report.order.export.as_deref().unwrap_or_default()),
            contender.compiler.as_str().to_owned(),
            contender.engine.as_str().to_owned(),
            optimisation.as_str().unwrap_or_default().to_owned(),
        ];
        for series in &entry.phases {
            let phase = format!("{:?}", series.phase).to_lowercase();
            for (number, ns) in series.samples.iter().enumerate() {
                text += &format!("{},{phase},{},{ns}\n", head.join(","), number + 1);
            }
        }
    }
    text
}

/// A field as RFC 4180 has it. A field that a spreadsheet would take for a formula begins with a
/// quote, which it shows and does not compute.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_the_table_or_become_a_formula() {
        assert_eq!(quoted("a\",b"), "\"a\"\",b\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
