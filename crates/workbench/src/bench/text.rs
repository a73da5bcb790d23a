//! Times and other text within HTML.

/// A time with three digits and its unit.
pub fn time_text(ns: f64) -> String {
    let (value, unit) = match ns.abs() {
        0.0..1e3 => (ns, "ns"),
        1e3..1e6 => (ns / 1e3, "µs"),
        1e6..1e9 => (ns / 1e6, "ms"),
        _ => (ns / 1e9, "s"),
    };
    match value.abs() {
        0.0..10.0 => format!("{value:.2} {unit}"),
        10.0..100.0 => format!("{value:.1} {unit}"),
        _ => format!("{value:.0} {unit}"),
    }
}

/// Text within HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits() {
        let times = [0.0, 3.456, 45.67, 999.0, 12_345.0, 5_252e6];
        let shown = ["0.00 ns", "3.46 ns", "45.7 ns", "999 ns", "12.3 µs", "5.25 s"];
        assert_eq!(times.map(time_text), shown);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<b title='&\">"), "&lt;b title=&#39;&amp;&quot;&gt;");
    }
}
