//! The lines of the grid, and those with room for a label.
//!
//! egui_plot decides by a mark's `step_size`: it labels marks that are far enough from their like.

use egui_plot::{GridInput, GridMark};

/// egui_plot's smallest distance of grid lines in points; `GridInput::base_step_size` is that in
/// plot units.
pub const CLOSEST: f32 = 8.0;

/// A label on the horizontal axis takes this many times [`CLOSEST`].
const RECORD_LABEL: f64 = 7.0;
/// A label on the vertical axis takes this many times [`CLOSEST`].
const TIME_LABEL: f64 = 4.0;

/// The most marks of a grid, as a guard against degenerate views.
const MOST: f64 = 1000.0;

/// The distance of 8 and 9 on a logarithmic axis, a decade being 1: the closest subdivision but
/// one.
const NINTH: f64 = 0.051_152_522_447_381_29;
/// The distance of 1 and 2, and of 5 and 10.
const HALF: f64 = std::f64::consts::LOG10_2;

/// Marks for records: whole numbers from 1.
pub fn records(input: &GridInput) -> Vec<GridMark> {
    let step = round_up(input.base_step_size * RECORD_LABEL).max(1.0);
    multiples(input.bounds, step).filter(|mark| mark.value >= 1.0).collect()
}

/// Marks for times on a linear axis: round milliseconds, not below zero.
pub fn times(input: &GridInput) -> Vec<GridMark> {
    let step = round_up(input.base_step_size * TIME_LABEL);
    multiples(input.bounds, step).filter(|mark| mark.value >= 0.0).collect()
}

/// Marks for times on a logarithmic axis, whose unit is the decade: powers of ten, and as many
/// round times between them as there is room for.
pub fn decades(input: &GridInput) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let room = input.base_step_size * TIME_LABEL;
    if high - low < 1.0 {
        return within_a_decade(low, high, room);
    }
    let every = room.ceil().max(1.0);
    let mut marks: Vec<GridMark> = multiples(input.bounds, every).collect();
    if every == 1.0 && input.base_step_size < NINTH {
        for decade in (low.floor() as i64)..(high.ceil() as i64) {
            for digit in 2..=9 {
                let value = decade as f64 + f64::from(digit).log10();
                let step_size = if digit == 2 || digit == 5 { HALF } else { NINTH };
                marks.push(GridMark { value, step_size });
            }
        }
        marks.retain(|mark| low <= mark.value && mark.value <= high);
    }
    marks
}

/// Marks for round times as on a linear axis, at their logarithms.
fn within_a_decade(low: f64, high: f64, room: f64) -> Vec<GridMark> {
    let (bottom, top) = (10_f64.powf(low), 10_f64.powf(high));
    // Times are closest together at the top.
    let step = round_up(top * (1.0 - 10_f64.powf(-room)));
    multiples((bottom, top), step)
        .filter(|mark| mark.value > 0.0)
        .map(|mark| {
            let below = (mark.value - step).max(mark.value / 10.0);
            GridMark { value: mark.value.log10(), step_size: (mark.value / below).log10() }
        })
        .collect()
}

/// Returns the next of 1, 2, 5 × 10ⁿ that is not below `step`.
fn round_up(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|&round| round >= step * (1.0 - 1e-9))
        .unwrap_or(step)
}

/// Returns all multiples of `step` within the bounds, or none if there are too many.
fn multiples((low, high): (f64, f64), step: f64) -> impl Iterator<Item = GridMark> {
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    let fine = last - first < MOST && step > 0.0;
    let count = if fine { (last - first + 1.0).max(0.0) as u32 } else { 0 };
    (0..count)
        .map(move |index| GridMark { value: (first + f64::from(index)) * step, step_size: step })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes an axis over these bounds that is `length` points long.
    fn axis(low: f64, high: f64, length: f64) -> GridInput {
        GridInput {
            bounds: (low, high),
            base_step_size: (high - low) / length * f64::from(CLOSEST),
        }
    }

    fn values(marks: &[GridMark]) -> Vec<f64> {
        marks.iter().map(|mark| (mark.value * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn records_are_whole_numbers_however_near() {
        assert_eq!(values(&records(&axis(0.5, 4.5, 800.0))), [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(values(&records(&axis(0.9, 2.1, 8000.0))), [1.0, 2.0]);
    }

    #[test]
    fn records_are_round_numbers_however_many() {
        assert_eq!(
            values(&records(&axis(0.5, 1000.5, 400.0))),
            [200.0, 400.0, 600.0, 800.0, 1000.0]
        );
    }

    #[test]
    fn times_do_not_go_below_nothing() {
        assert_eq!(values(&times(&axis(-0.4, 7.3, 200.0))), [0.0, 2.0, 4.0, 6.0]);
    }

    #[test]
    fn decades_are_marked_where_there_are_many() {
        assert_eq!(
            values(&decades(&axis(-3.2, 3.1, 240.0))),
            [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
        );
        assert_eq!(values(&decades(&axis(-6.0, 6.0, 100.0))), [-4.0, 0.0, 4.0]);
    }

    #[test]
    fn two_and_five_join_where_a_decade_is_tall() {
        let marks = decades(&axis(0.0, 2.0, 400.0));
        let labelled: Vec<f64> = marks
            .iter()
            .filter(|mark| mark.step_size > 0.2)
            .map(|mark| 10_f64.powf(mark.value).round())
            .collect();
        for time in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
            assert!(labelled.contains(&time), "{time} is not in {labelled:?}");
        }
        assert_eq!(labelled.len(), 7);
    }

    #[test]
    fn a_close_look_at_a_logarithmic_axis_finds_round_times() {
        let marks = decades(&axis(2.0_f64.log10(), 3.0_f64.log10(), 200.0));
        let found: Vec<f64> =
            marks.iter().map(|mark| (10_f64.powf(mark.value) * 1e6).round() / 1e6).collect();
        assert_eq!(found, [2.0, 2.2, 2.4, 2.6, 2.8, 3.0]);
    }

    #[test]
    fn degenerate_axes_have_no_grid_and_do_no_harm() {
        for (low, high) in [(0.0, 0.0), (f64::NAN, f64::NAN), (-1e300, 1e300), (1.0, 1.0 + 1e-15)] {
            for length in [0.0, 1.0, 400.0] {
                let input = || axis(low, high, length);
                assert!(records(&input()).len() <= 1001);
                assert!(times(&input()).len() <= 1001);
                assert!(decades(&input()).len() <= 10_000);
            }
        }
    }
}
