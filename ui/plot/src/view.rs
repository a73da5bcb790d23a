//! Moving about in the plot by keys and wheel, within sight of the figures.

use egui::{Context, Key, Vec2, vec2};
use egui_plot::{PlotBounds, PlotUi};

use crate::scale::Scale;

/// The part of the view that one press of an arrow key moves by.
const PAN: f64 = 0.1;
/// The factor of one press of `+`.
const ZOOM: f32 = 1.25;
/// The points of wheel that enlarge by a factor of e.
const WHEEL: f32 = 240.0;

/// The movement by keys and wheel in this pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// The parts of the view to go right and up.
    pub pan: [f64; 2],
    /// The factor to enlarge by, around the middle.
    pub zoom: f32,
    /// The factor to enlarge by, around the pointer.
    pub zoom_at_pointer: f32,
    /// True if the view must be reset to show everything.
    pub reset: bool,
}

impl Move {
    /// Reads keys (arrows pan, `+` and `-` zoom, `0` resets) and wheel (zooms, with Shift pans).
    pub fn read(ctx: &Context, over_plot: bool) -> Self {
        ctx.input(|input| {
            let presses =
                |keys: &[Key]| keys.iter().map(|&key| input.num_presses(key)).sum::<usize>();
            let balance = |more: &[Key], less: &[Key]| presses(more) as f64 - presses(less) as f64;
            let wheel = if over_plot { input.smooth_scroll_delta() } else { Vec2::ZERO };
            let width = f64::from(input.viewport_rect().width()).max(1.0);
            Self {
                pan: [
                    PAN * balance(&[Key::ArrowRight], &[Key::ArrowLeft])
                        - f64::from(wheel.x) / width,
                    PAN * balance(&[Key::ArrowUp], &[Key::ArrowDown]),
                ],
                zoom: ZOOM.powf(balance(&[Key::Plus, Key::Equals], &[Key::Minus]) as f32),
                zoom_at_pointer: (wheel.y / WHEEL).exp(),
                reset: presses(&[Key::Num0]) > 0,
            }
        })
    }

    /// Applies the movement to the plot.
    pub fn apply(self, plot: &mut PlotUi<'_>) {
        let bounds = plot.plot_bounds();
        if self.pan != [0.0; 2] {
            let [right, up] = self.pan;
            plot.translate_bounds(vec2(
                (right * bounds.width()) as f32,
                (up * bounds.height()) as f32,
            ));
        }
        if self.zoom != 1.0 {
            plot.zoom_bounds(Vec2::splat(self.zoom), bounds.center());
        }
        if self.zoom_at_pointer != 1.0 {
            plot.zoom_bounds_around_hovered(Vec2::splat(self.zoom_at_pointer));
        }
        if self.reset {
            plot.set_auto_bounds(true);
        }
    }
}

/// Returns the view nearest to `view` from which a person finds back: neither so close that numbers
/// run out of digits, nor so far that the figures are a dot, nor beside them. `figures` are the
/// bounds of all figures.
pub fn within_reach(view: PlotBounds, figures: PlotBounds, scale: Scale) -> PlotBounds {
    if !figures.is_valid() || !view.is_valid() {
        return view;
    }
    let smallest = [0.5, if scale == Scale::Log { 1e-3 } else { 1e-6 }];
    let [x, y] = [0, 1].map(|axis| {
        clamp(
            (view.min()[axis], view.max()[axis]),
            (figures.min()[axis], figures.max()[axis]),
            smallest[axis],
        )
    });
    PlotBounds::from_min_max([x.0, y.0], [x.1, y.1])
}

/// Returns `view` with a length from `smallest` to five times that of `figures`, touching them.
fn clamp(view: (f64, f64), figures: (f64, f64), smallest: f64) -> (f64, f64) {
    let largest = (5.0 * (figures.1 - figures.0)).max(2.0 * smallest);
    let length = (view.1 - view.0).clamp(smallest, largest);
    let middle =
        ((view.0 + view.1) / 2.0).clamp(figures.0 - 0.45 * length, figures.1 + 0.45 * length);
    if length == view.1 - view.0 && middle == (view.0 + view.1) / 2.0 {
        return view;
    }
    (middle - length / 2.0, middle + length / 2.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_clamped_view_stays_where_it_is_and_touches_the_figures(
            middle in -1e6..1e6_f64,
            length in 1e-9..1e9_f64,
        ) {
            let figures = (1.0, 101.0);
            let once = clamp((middle - length / 2.0, middle + length / 2.0), figures, 0.5);
            prop_assert!(once.0 < figures.1 && once.1 > figures.0, "{:?}", once);
            prop_assert!((0.4999..=500.001).contains(&(once.1 - once.0)), "{:?}", once);
            let twice = clamp(once, figures, 0.5);
            prop_assert!((twice.0 - once.0).abs() < 1e-6 && (twice.1 - once.1).abs() < 1e-6);
        }
    }

    #[test]
    fn a_view_that_is_fine_is_left_alone() {
        let view = PlotBounds::from_min_max([10.1, 0.3], [20.7, 0.9]);
        let figures = PlotBounds::from_min_max([0.5, 0.0], [100.5, 7.0]);
        assert_eq!(within_reach(view, figures, Scale::Linear), view);
    }
}
