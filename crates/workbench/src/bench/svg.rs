//! The graphs of a report as SVG: boxes of all contenders, and histograms.

use watshop_protocol::page::{Compiler, Contender, Engine, Figures};

use super::text::{escaped, time_text};

/// The width of a graph, and of the names beside its boxes, in pixels.
const WIDTH: f64 = 860.0;
const NAMES: f64 = 190.0;

/// The height of a box with its distance to the next, and of the axis below all of them.
const ROW: f64 = 34.0;
const AXIS: f64 = 26.0;

/// The height of a histogram.
const BARS: f64 = 150.0;

/// The colour of a compiler: told apart with every kind of colour blindness (Okabe and Ito), and
/// dark enough on white. The engine has a shape of its own.
fn colour(compiler: Compiler) -> &'static str {
    match compiler {
        Compiler::Singlepass => "#0072b2",
        Compiler::Cranelift => "#d55e00",
        Compiler::Llvm => "#009e73",
    }
}

/// Box plots of contenders, one below the other: whiskers to the fences or the extremes, the box of
/// the quartiles, the median with its interval.
pub(super) fn boxes(rows: &[(Contender, &Figures)], log: bool) -> String {
    let height = ROW * rows.len() as f64 + AXIS;
    let ends = rows.iter().map(|(_, it)| whiskers(it));
    let (least, most) = ends.fold((f64::INFINITY, 0.0_f64), |(least, most), (low, high)| {
        (least.min(low), most.max(high))
    });
    let least = if log { least.max(0.1) } else { 0.0 };
    let most = most.max(least * 1.05).max(1e-9);
    let x = |ns: f64| {
        let part = if log {
            (ns.max(least) / least).ln() / (most / least).ln()
        } else {
            (ns - least) / (most - least)
        };
        NAMES + part * (WIDTH - NAMES - 90.0)
    };
    let mut svg = open(height);
    for mark in marks(least, most, log) {
        let (at, bottom) = (x(mark), height - AXIS);
        svg += &format!(
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{bottom:.1}\"/>\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            height - 8.0,
            escaped(&time_text(mark)),
        );
    }
    for ((contender, it), row) in rows.iter().zip(0..) {
        let middle = ROW * f64::from(row) + ROW / 2.0;
        let (low, high) = whiskers(it);
        let fill = colour(contender.compiler);
        let (left, right) = (x(it.lower_quartile), x(it.upper_quartile));
        // A JIT artifact's box is round, and a Native one's has corners.
        let round = if contender.engine == Engine::Jit { 6.0 } else { 0.0 };
        svg += &format!(
            "<g><title>{title}: median {median}, {low95} to {high95}</title>\
             <text x=\"0\" y=\"{text:.1}\">{title}</text>\
             <line stroke=\"{fill}\" stroke-width=\"2\" x1=\"{a:.1}\" x2=\"{b:.1}\" y1=\"{middle:.1}\" y2=\"{middle:.1}\"/>\
             <rect fill=\"{fill}\" fill-opacity=\"0.35\" stroke=\"{fill}\" rx=\"{round}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"18\"/>\
             <line stroke=\"{fill}\" stroke-width=\"3\" x1=\"{m:.1}\" x2=\"{m:.1}\" y1=\"{top:.1}\" y2=\"{bottom:.1}\"/>\
             <text x=\"{after:.1}\" y=\"{text:.1}\">{median}</text></g>",
            title = escaped(&contender.title()),
            median = escaped(&time_text(it.median)),
            low95 = escaped(&time_text(it.low)),
            high95 = escaped(&time_text(it.high)),
            text = middle + 5.0,
            a = x(low),
            b = x(high),
            top = middle - 9.0,
            bottom = middle + 9.0,
            width = (right - left).max(1.0),
            m = x(it.median),
            after = x(high).max(right) + 6.0,
        );
    }
    svg + "</svg>"
}

/// A histogram of one contender.
pub(super) fn histogram(contender: Contender, it: &Figures) -> String {
    let mut svg = open(BARS + AXIS);
    let most = it.bins.iter().copied().max().unwrap_or(1).max(1);
    let width = (WIDTH - 20.0) / it.bins.len().max(1) as f64;
    let fill = colour(contender.compiler);
    for (&count, at) in it.bins.iter().zip(0_u32..) {
        let height = f64::from(count) / f64::from(most) * (BARS - 10.0);
        let from = it.bins_start + f64::from(at) * it.bin_width;
        svg += &format!(
            "<rect fill=\"{fill}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>{} from {}</title></rect>",
            10.0 + width * f64::from(at),
            BARS - height,
            (width - 1.0).max(0.5),
            count,
            escaped(&time_text(from)),
        );
    }
    let end = it.bins_start + it.bin_width * it.bins.len() as f64;
    let above = if it.above > 0 { format!(", {} above", it.above) } else { String::new() };
    svg += &format!(
        "<text x=\"10\" y=\"{y}\">{}</text><text x=\"{right}\" y=\"{y}\" text-anchor=\"end\">{}{above}</text></svg>",
        escaped(&time_text(it.bins_start)),
        escaped(&time_text(end)),
        y = BARS + 18.0,
        right = WIDTH - 10.0,
    );
    svg
}

fn open(height: f64) -> String {
    format!(
        "<svg role=\"img\" viewBox=\"0 0 {WIDTH} {height:.0}\" xmlns=\"http://www.w3.org/2000/svg\">"
    )
}

/// The ends of the whiskers: the extremes, but not beyond the fences.
fn whiskers(it: &Figures) -> (f64, f64) {
    let reach = 1.5 * (it.upper_quartile - it.lower_quartile);
    (it.min.max(it.lower_quartile - reach), it.max.min(it.upper_quartile + reach))
}

/// Round values between two times, about five of them.
fn marks(least: f64, most: f64, log: bool) -> Vec<f64> {
    if log {
        let first = least.log10().ceil() as i32;
        let last = most.log10().floor() as i32;
        let marks: Vec<_> = (first..=last).map(|power| 10_f64.powi(power)).collect();
        if marks.len() > 1 {
            return marks;
        }
        return vec![least, (least * most).sqrt(), most];
    }
    let rough = (most - least) / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let step = steps.into_iter().find(|step| *step >= rough).unwrap_or(power);
    (0..=5).map(|at| least + step * f64::from(at)).filter(|mark| *mark <= most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_within() {
        assert_eq!(marks(0.0, 48.0, false), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(marks(3.0, 4000.0, true), [10.0, 100.0, 1000.0]);
        assert_eq!(marks(11.0, 44.0, true), [11.0, 22.0, 44.0]);
    }
}
