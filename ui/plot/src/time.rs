//! Times as text. All take milliseconds.

/// The size of a unit in milliseconds, and its symbol.
type Unit = (f64, &'static str);

/// The most decimals: an f64 has no further digits of seconds.
const MOST_DECIMALS: i32 = 12;

const UNITS: [Unit; 4] = [(1e3, "s"), (1.0, "ms"), (1e-3, "µs"), (1e-6, "ns")];

/// Formats a time with three significant digits: `4.20 µs`, `1.50 s`.
pub fn figure(time: f64) -> String {
    // A time that would be rounded up to 1000 of a unit is 1 of the next.
    let (size, symbol) = unit(time * 1.0005);
    let value = time / size;
    let decimals = match value.abs() {
        0.0 => 0,
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.decimals$} {symbol}")
}

/// Formats a label on an axis whose labels are `step` apart, in the unit that suits `largest`: `250
/// µs`, `2.5 ms`.
pub fn label(time: f64, step: f64, largest: f64) -> String {
    if time == 0.0 {
        return "0".to_owned();
    }
    let (size, symbol) = unit(largest);
    let (value, step) = (time / size, step / size);
    // The label has as few decimals as its place needs, compared to the next one.
    let says = |decimals: &i32| {
        let shift = 10_f64.powi(*decimals);
        ((value * shift).round() / shift - value).abs() <= step / 100.0
    };
    let decimals = (0..MOST_DECIMALS).find(says).unwrap_or(MOST_DECIMALS) as usize;
    format!("{value:.decimals$} {symbol}")
}

fn unit(time: f64) -> Unit {
    UNITS.into_iter().find(|(size, _)| time.abs() >= *size * (1.0 - 1e-9)).unwrap_or(UNITS[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits_and_a_unit_that_fits() {
        for (time, text) in [
            (0.0, "0 ns"),
            (0.000_001, "1.00 ns"),
            (0.000_999_4, "999 ns"),
            (0.000_999_9, "1.00 µs"),
            (0.0042, "4.20 µs"),
            (0.099_96, "100 µs"),
            (0.9996, "1.00 ms"),
            (41.26, "41.3 ms"),
            (999.4, "999 ms"),
            (999.6, "1.00 s"),
            (14_500.0, "14.5 s"),
        ] {
            assert_eq!(figure(time), text);
        }
    }

    #[test]
    fn labels_of_one_axis_share_their_unit() {
        assert_eq!(label(5.0, 5.0, 20.0), "5 ms");
        assert_eq!(label(0.5, 0.5, 2.0), "0.5 ms");
        assert_eq!(label(0.5, 0.25, 0.9), "500 µs");
        assert_eq!(label(500.0, 500.0, 2_000.0), "0.5 s");
        assert_eq!(label(0.0, 5.0, 20.0), "0");
    }

    #[test]
    fn labels_close_together_differ() {
        assert_eq!(label(1.0001, 0.0001, 1.001), "1.0001 ms");
        assert_eq!(label(1.0002, 0.0001, 1.001), "1.0002 ms");
    }

    #[test]
    fn labels_say_no_more_than_they_have_to() {
        assert_eq!(label(0.3, 0.1, 0.5), "300 µs");
        assert_eq!(label(1.0, 0.9, 1.0), "1 ms");
        assert_eq!(label(1.5, 0.25, 2.0), "1.5 ms");
        assert_eq!(label(0.000_01, 0.000_01, 0.000_01), "10 ns");
    }
}
