//! The graph itself: its data, and one pass of drawing it.

use std::cell::RefCell;

use egui::{Color32, Margin, PointerButton, Pos2, TextureHandle, Ui, Vec2, Visuals};
use egui_plot::{AxisHints, HoverPosition, Plot, PlotBounds, PlotMemory, PlotTransform, PlotUi};

use crate::{
    lines::{Lines, REACH, bounds_of, nearest},
    scale::Scale,
    series::{DataError, Series},
    ticks, time,
    view::{Move, within_reach},
};

/// The colours of everything but the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// True if the page is dark.
    pub dark: bool,
    /// The background.
    pub background: Color32,
    /// The lines at the labels of both axes.
    pub grid: Color32,
    /// The labels.
    pub text: Color32,
}

impl Default for Paper {
    fn default() -> Self {
        Self {
            dark: false,
            background: Color32::WHITE,
            grid: Color32::LIGHT_GRAY,
            text: Color32::DARK_GRAY,
        }
    }
}

/// Lines of times over the numbers of records.
#[derive(Default)]
pub struct Graph {
    series: Vec<Series>,
    scale: Scale,
    paper: Paper,
    highlighted: Option<usize>,
    refit: bool,
    /// The view to show in the next pass: first and last record, lowest and highest time.
    wanted: Option<[f64; 4]>,
    /// True if the view shows everything, and grows with the figures.
    whole: bool,
    texture: RefCell<Option<TextureHandle>>,
}

impl Graph {
    /// Replaces all lines. A view that was not moved still shows everything afterwards.
    pub fn set_series(&mut self, series: Vec<Series>) {
        self.series = series;
        self.highlighted = None;
    }

    /// Adds times (milliseconds) of further records to a line.
    ///
    /// # Errors
    ///
    /// [`DataError::UnknownSeries`], or an error of [`Series::append`].
    pub fn append(
        &mut self,
        index: usize,
        records: &[f64],
        times: &[f64],
    ) -> Result<(), DataError> {
        self.series_mut(index)?.append(records, times)
    }

    /// Shows or hides a line.
    ///
    /// # Errors
    ///
    /// [`DataError::UnknownSeries`].
    pub fn set_hidden(&mut self, index: usize, hidden: bool) -> Result<(), DataError> {
        self.series_mut(index)?.hidden = hidden;
        Ok(())
    }

    /// Draws a line stronger than the others, or none.
    pub fn set_highlighted(&mut self, index: Option<usize>) {
        self.highlighted = index;
    }

    /// Sets the scale of the vertical axis. Heights then have another meaning, so the view is reset
    /// to show everything.
    pub fn set_scale(&mut self, scale: Scale) {
        if scale == self.scale {
            return;
        }
        self.scale = scale;
        self.refit = true;
        for series in &mut self.series {
            series.set_scale(scale);
        }
    }

    /// Shows a part: from the first to the last record, and from the lowest to the highest time in
    /// milliseconds. Without one it shows everything.
    pub fn set_view(&mut self, part: Option<[f64; 4]>) {
        self.refit = part.is_none();
        self.wanted = part;
    }

    /// Returns true if the view shows everything, and grows with the figures.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The scale of the vertical axis.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Sets the paper and the colours of the lines, in their order.
    ///
    /// # Errors
    ///
    /// [`DataError::Lengths`] if there are not as many colours as lines; then nothing was changed.
    pub fn set_theme(&mut self, paper: Paper, colours: &[Color32]) -> Result<(), DataError> {
        if colours.len() != self.series.len() {
            return Err(DataError::Lengths);
        }
        self.paper = paper;
        for (series, &colour) in self.series.iter_mut().zip(colours) {
            series.colour = colour;
        }
        Ok(())
    }

    /// The colours of everything but the lines.
    pub fn paper(&self) -> Paper {
        self.paper
    }

    /// The lines, hidden ones too.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// Draws the graph in all of `ui`, without filling the background: with software rendering,
    /// that would cost more than the lines. Handles the input, and returns the view: the records
    /// and heights that are seen.
    pub fn ui(&mut self, ui: &mut Ui) -> PlotBounds {
        self.set_visuals(ui);
        let refit = std::mem::take(&mut self.refit);
        let wanted = self.wanted.take();
        let id = egui::Id::unique("times");
        let (graph, paper, scale) = (&*self, self.paper, self.scale);
        let empty = !graph.series.iter().any(|series| !series.points().is_empty());
        // Trackpads have no second button to drag with: Shift makes the first one draw the box.
        let box_zoom = ui.input(|input| input.modifiers.shift);
        let (pan_button, box_button) = if box_zoom {
            (PointerButton::Secondary, PointerButton::Primary)
        } else {
            (PointerButton::Primary, PointerButton::Secondary)
        };
        let shown = egui::Frame::new()
            .inner_margin(Margin { left: 4, right: 14, top: 4, bottom: 4 })
            .show(ui, |ui| {
                Plot::new("times")
                    .id(id)
                    .custom_x_axes(vec![record_axis(paper)])
                    .custom_y_axes(vec![time_axis(paper, scale)])
                    .x_grid_spacer(|input| ticks::records(&input))
                    .y_grid_spacer(move |input| match scale {
                        Scale::Linear => ticks::times(&input),
                        Scale::Log => ticks::decades(&input),
                    })
                    .grid_spacing(egui::Rangef::new(ticks::CLOSEST, 3.0 * ticks::CLOSEST))
                    .grid_color(paper.grid)
                    .show_axes(!empty)
                    .show_grid(!empty)
                    .show_background(false)
                    .show_crosshair(false)
                    .set_margin_fraction(egui::vec2(0.01, 0.06))
                    .allow_scroll(false)
                    .pan_pointer_button(pan_button)
                    .boxed_zoom_pointer_button(box_button)
                    .label_formatter(move |hover| graph.describe(hover))
                    .show(ui, |plot| graph.fill(plot, refit, wanted))
            });
        // The view is applied after the pass, and this pass may be the last one for long.
        let memory = PlotMemory::load(ui.ctx(), id);
        self.whole = memory.is_none_or(|memory| memory.auto_bounds.any());
        *shown.inner.transform.bounds()
    }

    fn series_mut(&mut self, index: usize) -> Result<&mut Series, DataError> {
        self.series.get_mut(index).ok_or(DataError::UnknownSeries(index))
    }

    fn set_visuals(&self, ui: &mut Ui) {
        let mut visuals = if self.paper.dark { Visuals::dark() } else { Visuals::light() };
        visuals.override_text_color = Some(self.paper.text);
        visuals.window_fill = self.paper.background;
        visuals.panel_fill = self.paper.background;
        visuals.extreme_bg_color = self.paper.background;
        ui.ctx().set_visuals(visuals.clone());
        *ui.visuals_mut() = visuals;
        ui.style_mut().interaction.interact_radius = REACH;
    }

    fn fill<'a>(&'a self, plot: &mut PlotUi<'a>, refit: bool, wanted: Option<[f64; 4]>) {
        if refit {
            plot.set_auto_bounds(true);
        }
        if let Some([left, right, low, high]) = wanted {
            let (low, high) = (self.scale.height(low), self.scale.height(high));
            plot.set_plot_bounds(PlotBounds::from_min_max([left, low], [right, high]));
        }
        let over_plot = plot.response().contains_pointer();
        let movement = Move::read(plot.ctx(), over_plot);
        movement.apply(plot);

        let shown: Vec<&Series> = self
            .series
            .iter()
            .filter(|series| !series.hidden && !series.points().is_empty())
            .collect();
        let view = plot.plot_bounds();
        let reachable = within_reach(view, bounds_of(&shown), self.scale);
        if reachable != view && !plot.auto_bounds().any() {
            plot.set_plot_bounds(reachable);
            plot.ctx().request_repaint();
        }

        let highlighted = self
            .highlighted
            .and_then(|index| self.series.get(index))
            .filter(|series| !series.hidden);
        let pointed = plot
            .response()
            .hover_pos()
            .and_then(|place| nearest_series(&shown, place, plot.transform()));
        plot.add(Lines::new(shown, highlighted, pointed, &self.texture));
    }

    fn describe(&self, hover: &HoverPosition<'_>) -> Option<String> {
        match hover {
            HoverPosition::NearDataPoint { plot_name, position, .. } => Some(format!(
                "{plot_name}\n{}\nrecord {}",
                time::figure(self.scale.time(position.y)),
                position.x
            )),
            HoverPosition::Elsewhere { .. } => None,
        }
    }
}

/// Returns the series with the figure nearest to a place on the screen. egui_plot itself would take
/// the topmost within reach.
fn nearest_series<'a>(
    shown: &[&'a Series],
    place: Pos2,
    transform: &PlotTransform,
) -> Option<&'a Series> {
    shown
        .iter()
        .filter_map(|&series| Some((series, nearest(series.points(), place, transform)?.dist_sq)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(series, _)| series)
}

fn record_axis<'a>(paper: Paper) -> AxisHints<'a> {
    AxisHints::new_x()
        .label("record")
        .label_spacing(egui::Rangef::new(24.0, 25.0))
        .tick_label_color(paper.text)
        .formatter(|mark, _| format!("{}", mark.value))
}

fn time_axis<'a>(paper: Paper, scale: Scale) -> AxisHints<'a> {
    AxisHints::new_y()
        .label_spacing(egui::Rangef::new(18.0, 19.0))
        .tick_label_color(paper.text)
        .min_thickness(58.0)
        .formatter(move |mark, range| match scale {
            Scale::Linear => {
                time::label(mark.value, mark.step_size, range.end().abs().max(range.start().abs()))
            }
            Scale::Log => {
                let here = scale.time(mark.value);
                let below = scale.time(mark.value - mark.step_size.min(1.0));
                time::label(here, here - below, here)
            }
        })
}

/// Prepares a context for graphs: one font, and sizes that suit a small panel.
pub fn set_up(ctx: &egui::Context) {
    let mut fonts = egui::FontDefinitions::empty();
    let name = "Ubuntu-Light".to_owned();
    let font = egui::FontData::from_static(epaint_default_fonts::UBUNTU_LIGHT);
    fonts.font_data.insert(name.clone(), font.into());
    for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
        fonts.families.insert(family, vec![name.clone()]);
    }
    ctx.set_fonts(fonts);
    ctx.all_styles_mut(|style| {
        for font in style.text_styles.values_mut() {
            font.size = 12.5;
        }
        style.spacing.item_spacing = Vec2::splat(2.0);
        style.interaction.tooltip_delay = 0.0;
    });
}
