//! Drawing a series: only what can be seen of it.

use std::ops::RangeInclusive;

use egui::{Color32, Pos2, Shape, Ui};
use egui_plot::{
    ClosestElem, Line, LineStyle, MarkerShape, PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotPoint, PlotPoints,
    PlotTransform, Points,
};

use crate::{
    decimate::{decimate, visible},
    series::Series,
};

/// How near the pointer has to be to a figure, in points.
pub const REACH: f32 = 16.0;

/// Figures closer together than this many points have no markers: those would only blacken the line.
const MARKER_SPACING: f32 = 8.0;
/// Figures closer together than this have no dashes: those would look like noise.
const DASH_SPACING: f32 = 3.0;
/// From so many figures a column of pixels on, lines are bands from the lowest to the highest of each column.
const BAND_DENSITY: f32 = 4.0;

const WIDTH: f32 = 1.6;
const RADIUS: f32 = 3.5;
/// A plus is drawn with strokes of a fifth of its radius.
const PLUS_RADIUS: f32 = 5.5;

/// A series as an item of the plot.
pub struct TimeLine<'a> {
    base: PlotItemBase,
    series: &'a Series,
    pointed: bool,
}

impl<'a> TimeLine<'a> {
    /// The item for a series. `pointed` is the one whose figure is nearest to the pointer: egui_plot itself would take
    /// the topmost within reach.
    pub fn new(series: &'a Series, pointed: bool) -> Self {
        Self { base: PlotItemBase::new(series.name.clone()), series, pointed }
    }
}

/// The figure of a series nearest to a place on the screen, if one is within [`REACH`].
pub fn nearest(points: &[PlotPoint], place: Pos2, transform: &PlotTransform) -> Option<ClosestElem> {
    let left = transform.value_from_position(place - egui::vec2(REACH, 0.0)).x;
    let right = transform.value_from_position(place + egui::vec2(REACH, 0.0)).x;
    let first = points.partition_point(|point| point.x < left);
    let last = points.partition_point(|point| point.x <= right);
    (first..last)
        .map(|index| ClosestElem { index, dist_sq: place.distance_sq(transform.position_from_point(&points[index])) })
        .min_by(|a, b| a.dist_sq.total_cmp(&b.dist_sq))
        .filter(|closest| closest.dist_sq <= REACH * REACH)
}

impl PlotItem for TimeLine<'_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let bounds = transform.bounds();
        let seen = &self.series.points()[visible(self.series.points(), &(bounds.min()[0]..bounds.max()[0]))];
        let spacing = transform.frame().width() / seen.len().max(1) as f32;
        let pixel = 1.0 / ui.pixels_per_point();

        let column = transform.dvalue_dpos()[0].abs() * f64::from(pixel);
        let style = if spacing < DASH_SPACING { LineStyle::Solid } else { self.series.look.stroke };
        Line::new("", PlotPoints::Owned(decimate(seen, column)))
            .color(self.color())
            .width(WIDTH)
            .style(style)
            .allow_band(spacing * BAND_DENSITY < pixel)
            .highlight(self.highlighted())
            .shapes(ui, transform, shapes);

        if spacing >= MARKER_SPACING {
            let marker = self.series.look.marker;
            Points::new("", PlotPoints::Borrowed(seen))
                .color(self.color())
                .shape(marker)
                .radius(if marker == MarkerShape::Plus { PLUS_RADIUS } else { RADIUS })
                .highlight(self.highlighted())
                .shapes(ui, transform, shapes);
        }
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn allow_hover(&self) -> bool {
        self.pointed
    }

    fn color(&self) -> Color32 {
        self.series.colour
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::Points(self.series.points())
    }

    fn bounds(&self) -> PlotBounds {
        self.series.bounds()
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }

    fn find_closest(&self, point: Pos2, transform: &PlotTransform) -> Option<ClosestElem> {
        nearest(self.series.points(), point, transform)
    }
}
