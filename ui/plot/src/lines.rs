//! Drawing the lines: only their visible parts, in the cheapest way for their number of figures.

use std::{
    cell::RefCell,
    ops::{Range, RangeInclusive},
};

use egui::{Color32, Mesh, Pos2, Rect, Shape, TextureHandle, TextureOptions, Ui, pos2, vec2};
use egui_plot::{
    ClosestElem, Line, LineStyle, MarkerShape, PlotBounds, PlotGeometry, PlotItem, PlotItemBase,
    PlotPoint, PlotPoints, PlotTransform, Points,
};

use crate::{
    extent::{Extent, extents, visible},
    picture::Picture,
    series::Series,
};

/// The distance in points within which the pointer finds a figure.
pub const REACH: f32 = 16.0;

/// The number of visible figures from which lines are drawn into a picture.
const PICTURE: usize = 1500;
/// The number of visible figures from which lines have no dashes: each dash costs as much as a
/// line.
const SOLID: usize = 400;
/// The distance in points below which figures have no markers: those would only blacken the line.
const MARKER_SPACING: f32 = 8.0;

const WIDTH: f32 = 1.6;
const HIGHLIGHTED_WIDTH: f32 = 3.2;
const DOT: f32 = 0.6;
const RADIUS: f32 = 3.5;
/// The radius of a plus. It is larger, because the strokes are only a fifth of the radius.
const PLUS_RADIUS: f32 = 5.5;

/// All lines, as one item of the plot.
pub struct Lines<'a> {
    base: PlotItemBase,
    shown: Vec<&'a Series>,
    highlighted: Option<&'a Series>,
    pointed: Option<&'a Series>,
    texture: &'a RefCell<Option<TextureHandle>>,
}

impl<'a> Lines<'a> {
    /// Makes the item for the series that are shown. `highlighted` is one of them; `pointed` is the
    /// one whose figure is nearest to the pointer. `texture` is kept from pass to pass.
    pub fn new(
        shown: Vec<&'a Series>,
        highlighted: Option<&'a Series>,
        pointed: Option<&'a Series>,
        texture: &'a RefCell<Option<TextureHandle>>,
    ) -> Self {
        // egui_plot shows this name when the pointer is near.
        let base = PlotItemBase::new(pointed.map(|series| series.name.clone()).unwrap_or_default());
        Self { base, shown, highlighted, pointed, texture }
    }

    /// The series with their widths. The highlighted one comes last and so lies above the others.
    fn in_order(&self) -> impl Iterator<Item = (&'a Series, f32)> {
        let highlighted = self.highlighted.map(|series| (series, HIGHLIGHTED_WIDTH));
        self.shown.iter().map(|&series| (series, WIDTH)).chain(highlighted)
    }

    fn add_vectors(
        &self,
        ui: &Ui,
        transform: &PlotTransform,
        figures: usize,
        shapes: &mut Vec<Shape>,
    ) {
        for (series, width) in self.in_order() {
            let seen = seen(series, transform);
            let spacing = transform.frame().width() / seen.len().max(1) as f32;
            let style = if figures < SOLID { series.look.stroke } else { LineStyle::Solid };
            // The width of a line is the radius of its dots.
            let dots = matches!(style, LineStyle::Dotted { .. });
            Line::new("", PlotPoints::Borrowed(seen))
                .color(series.colour)
                .width(if dots { width * DOT } else { width })
                .style(style)
                // Bands are for many figures. They would make the steep parts of few figures thin.
                .allow_band(false)
                .shapes(ui, transform, shapes);
            if spacing >= MARKER_SPACING {
                let marker = series.look.marker;
                Points::new("", PlotPoints::Borrowed(seen))
                    .color(series.colour)
                    .shape(marker)
                    .radius(if marker == MarkerShape::Plus { PLUS_RADIUS } else { RADIUS })
                    .shapes(ui, transform, shapes);
            }
        }
    }

    fn add_picture(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let density = ui.pixels_per_point();
        let frame = transform.frame();
        // The picture is aligned to pixels, or it would be smeared.
        let corner = (frame.min.to_vec2() * density).floor() / density;
        let size = ((frame.max.to_vec2() - corner) * density).ceil();
        let limit = ui.input(|input| input.max_texture_side) as f32;
        let (columns, rows) =
            (size.x.clamp(0.0, limit) as usize, size.y.clamp(0.0, limit) as usize);

        let pixel = f64::from(1.0 / density);
        let start = transform.value_from_position(corner.to_pos2()).x;
        let column = transform.dvalue_dpos()[0] * pixel;
        let mut picture = Picture::new(columns, rows);
        // Rows count from the top of the view, because after zooming in, zero is too far away to
        // count from.
        let (top, highest) =
            (f64::from((frame.top() - corner.y) * density), transform.bounds().max()[1]);
        let rows_per_height = transform.dpos_dvalue()[1].abs() * f64::from(density);
        let row = |height: f64| top + (highest - height) * rows_per_height;
        for (series, width) in self.in_order() {
            let range = range_seen(series, transform);
            let grid = (start, column, columns);
            let mut covered = extents(series.points(), series.blocks(), range, grid);
            for extent in &mut covered {
                *extent = Extent { low: row(extent.high), high: row(extent.low) };
            }
            picture.draw(&covered, series.colour, f64::from(width * density));
        }

        let mut kept = self.texture.borrow_mut();
        let image = picture.into_image();
        let texture = match kept.as_mut() {
            Some(texture) => {
                // The texture is reused if its size fits, instead of being made anew for each
                // frame.
                if texture.size() == image.size {
                    texture.set_partial([0, 0], image, TextureOptions::NEAREST);
                } else {
                    texture.set(image, TextureOptions::NEAREST);
                }
                texture
            }
            None => kept.insert(ui.ctx().load_texture("lines", image, TextureOptions::NEAREST)),
        };
        let size = vec2(columns as f32, rows as f32) / density;
        let rect = Rect::from_min_size(corner.to_pos2(), size);
        let all = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        let mut mesh = Mesh::with_texture(texture.id());
        mesh.add_rect_with_uv(rect, all, Color32::WHITE);
        shapes.push(Shape::mesh(mesh));
    }
}

/// Returns the figure of a series nearest to a place on the screen, if one is within [`REACH`].
pub fn nearest(
    points: &[PlotPoint],
    place: Pos2,
    transform: &PlotTransform,
) -> Option<ClosestElem> {
    let left = transform.value_from_position(place - vec2(REACH, 0.0)).x;
    let right = transform.value_from_position(place + vec2(REACH, 0.0)).x;
    let first = points.partition_point(|point| point.x < left);
    let last = points.partition_point(|point| point.x <= right);
    (first..last)
        .map(|index| ClosestElem {
            index,
            dist_sq: place.distance_sq(transform.position_from_point(&points[index])),
        })
        .min_by(|a, b| a.dist_sq.total_cmp(&b.dist_sq))
        .filter(|closest| closest.dist_sq <= REACH * REACH)
}

fn seen<'a>(series: &'a Series, transform: &PlotTransform) -> &'a [PlotPoint] {
    &series.points()[range_seen(series, transform)]
}

fn range_seen(series: &Series, transform: &PlotTransform) -> Range<usize> {
    let bounds = transform.bounds();
    visible(series.points(), &(bounds.min()[0]..bounds.max()[0]))
}

impl PlotItem for Lines<'_> {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, shapes: &mut Vec<Shape>) {
        let figures: usize = self.shown.iter().map(|series| seen(series, transform).len()).sum();
        if figures < PICTURE {
            // The texture is freed, since few figures seldom become many.
            self.texture.take();
            self.add_vectors(ui, transform, figures, shapes);
        } else if transform.frame().size().min_elem() > 0.0 {
            self.add_picture(ui, transform, shapes);
        }
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        self.pointed.map_or(Color32::TRANSPARENT, |series| series.colour)
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        self.pointed.map_or(PlotGeometry::None, |series| PlotGeometry::Points(series.points()))
    }

    fn bounds(&self) -> PlotBounds {
        bounds_of(&self.shown)
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }

    fn find_closest(&self, point: Pos2, transform: &PlotTransform) -> Option<ClosestElem> {
        nearest(self.pointed?.points(), point, transform)
    }
}

/// Returns the bounds of a view that shows all figures of these series.
pub fn bounds_of(series: &[&Series]) -> PlotBounds {
    series.iter().fold(PlotBounds::NOTHING, |mut all, series| {
        all.merge(&series.bounds());
        all
    })
}
