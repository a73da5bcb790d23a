//! The interface for the page.

use std::{any::Any, cell::RefCell};

use egui::Color32;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::{
    graph::{Graph, Paper, set_up},
    scale::Scale,
    series::{DataError, Look, Series},
};

thread_local! {
    /// The functions to call after this module has panicked. None of its graphs can be used then.
    static WATCHERS: RefCell<Vec<js_sys::Function>> = const { RefCell::new(Vec::new()) };
}

/// Draws a graph on a canvas until `destroy`.
///
/// `on_panic` is called with a message after the module has panicked; then the graph no longer
/// draws.
///
/// # Errors
///
/// The canvas has no WebGL 2 context.
#[wasm_bindgen]
pub async fn start(
    canvas: HtmlCanvasElement,
    on_panic: js_sys::Function,
) -> Result<TimingPlot, JsValue> {
    WATCHERS.with_borrow_mut(|watchers| {
        if watchers.is_empty() {
            std::panic::set_hook(Box::new(|panic| tell_watchers(&panic.to_string())));
        }
        watchers.push(on_panic);
    });
    prepare(&canvas)?;
    let runner = eframe::WebRunner::new();
    let options = eframe::WebOptions {
        webgl_context_option: eframe::WebGlContextOption::WebGl2,
        dithering: false,
        // The page's own shortcuts work here too.
        should_stop_propagation: Box::new(|_| false),
        // Neither the wheel nor a finger may scroll the page. All other events have their usual
        // effect.
        should_prevent_default: Box::new(|event| {
            matches!(
                event,
                egui::Event::MouseWheel { .. } | egui::Event::Zoom(_) | egui::Event::Touch { .. }
            )
        }),
        ..Default::default()
    };
    let create: eframe::AppCreator<'static> = Box::new(|context| {
        set_up(&context.egui_ctx);
        Ok(Box::new(PlotApp {
            ctx: context.egui_ctx.clone(),
            graph: Graph::default(),
            frames: 0,
            view: [0.0; 4],
        }))
    });
    runner.start(canvas, options, create).await?;
    Ok(TimingPlot { runner })
}

/// A graph on a canvas.
#[wasm_bindgen]
pub struct TimingPlot {
    runner: eframe::WebRunner,
}

#[wasm_bindgen]
impl TimingPlot {
    /// Replaces all lines.
    ///
    /// Each list has one element for each line: `names`, `colours` (0xRRGGBB), `markers`, `strokes`
    /// (indices in the lists of `look.ts`) and `ends`, the index in `records` and `times`
    /// (milliseconds) at which its figures end and those of the next line begin.
    ///
    /// # Errors
    ///
    /// The lists do not fit together or hold values that cannot be drawn; then nothing was changed.
    pub fn set_series(
        &mut self,
        names: Vec<String>,
        colours: &[u32],
        markers: &[u8],
        strokes: &[u8],
        ends: &[u32],
        records: &[f64],
        times: &[f64],
    ) -> Result<(), JsError> {
        self.change(|graph| {
            let count = names.len();
            if [colours.len(), markers.len(), strokes.len(), ends.len()]
                .iter()
                .any(|&length| length != count)
            {
                return Err(DataError::Lengths);
            }
            let mut all = Vec::with_capacity(count);
            let mut start = 0;
            for (index, name) in names.into_iter().enumerate() {
                let look =
                    Look::numbered(markers[index], strokes[index]).ok_or(DataError::UnknownLook)?;
                let end = ends[index] as usize;
                let mut series = Series::new(name, colour(colours[index]), look, graph.scale());
                series.append(
                    records.get(start..end).ok_or(DataError::Lengths)?,
                    times.get(start..end).ok_or(DataError::Lengths)?,
                )?;
                all.push(series);
                start = end;
            }
            graph.set_series(all);
            Ok(())
        })
    }

    /// Adds times (milliseconds) of further records to a line.
    ///
    /// # Errors
    ///
    /// There is no such line, or it cannot take these figures; then nothing was changed.
    pub fn append(&mut self, series: usize, records: &[f64], times: &[f64]) -> Result<(), JsError> {
        self.change(|graph| graph.append(series, records, times))
    }

    /// Shows or hides a line.
    ///
    /// # Errors
    ///
    /// There is no such line.
    pub fn set_hidden(&mut self, series: usize, hidden: bool) -> Result<(), JsError> {
        self.change(|graph| graph.set_hidden(series, hidden))
    }

    /// Draws one line stronger than the others, or none with `undefined`.
    ///
    /// # Errors
    ///
    /// The graph is gone.
    pub fn set_highlighted(&mut self, series: Option<usize>) -> Result<(), JsError> {
        self.change(|graph| {
            graph.set_highlighted(series);
            Ok(())
        })
    }

    /// Changes the colours (0xRRGGBB): those of the lines in their order, and those of the paper.
    ///
    /// # Errors
    ///
    /// There are not as many colours as lines.
    pub fn set_theme(
        &mut self,
        dark: bool,
        background: u32,
        grid: u32,
        text: u32,
        colours: &[u32],
    ) -> Result<(), JsError> {
        let paper =
            Paper { dark, background: colour(background), grid: colour(grid), text: colour(text) };
        let colours: Vec<Color32> = colours.iter().copied().map(colour).collect();
        self.change(|graph| graph.set_theme(paper, &colours))
    }

    /// Chooses between a linear and a logarithmic vertical axis.
    ///
    /// # Errors
    ///
    /// The graph is gone.
    pub fn set_scale(&mut self, log: bool) -> Result<(), JsError> {
        self.change(|graph| {
            graph.set_scale(if log { Scale::Log } else { Scale::Linear });
            Ok(())
        })
    }

    /// Shows a part: first and last record, lowest and highest time in milliseconds. Without four
    /// numbers it shows everything.
    ///
    /// # Errors
    ///
    /// The graph is gone.
    pub fn set_view(&mut self, part: &[f64]) -> Result<(), JsError> {
        let part = <[f64; 4]>::try_from(part).ok();
        self.change(|graph| {
            graph.set_view(part);
            Ok(())
        })
    }

    /// Returns true if the graph shows everything, and grows with its figures.
    pub fn is_whole(&self) -> bool {
        self.read(|app| app.graph.is_whole())
    }

    /// Draws again after a change outside of the graph, such as the density of pixels.
    ///
    /// # Errors
    ///
    /// The graph is gone.
    pub fn repaint(&mut self) -> Result<(), JsError> {
        self.change(|_| Ok(()))
    }

    /// The number of figures in the visible lines.
    pub fn points(&self) -> usize {
        self.read(|app| {
            app.graph
                .series()
                .iter()
                .filter(|series| !series.hidden)
                .map(|series| series.points().len())
                .sum()
        })
    }

    /// The number of visible lines.
    pub fn series(&self) -> usize {
        self.read(|app| app.graph.series().iter().filter(|series| !series.hidden).count())
    }

    /// The number of times that the graph has been drawn.
    pub fn frames(&self) -> u32 {
        self.read(|app| app.frames)
    }

    /// The view: first and last record, lowest and highest time in milliseconds.
    pub fn view(&self) -> Vec<f64> {
        self.read(|app| app.view.to_vec())
    }

    /// Stops drawing and releases the canvas. No other method may be called after it.
    pub fn destroy(&self) {
        // A panic leaves eframe's state borrowed, so that releasing it would be a second panic.
        if !self.runner.has_panicked() {
            self.runner.destroy();
        }
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Graph) -> Result<(), DataError>,
    ) -> Result<(), JsError> {
        let mut app =
            self.runner.app_mut::<PlotApp>().ok_or_else(|| JsError::new("the graph is gone"))?;
        change(&mut app.graph).map_err(|error| JsError::new(&error.to_string()))?;
        app.ctx.request_repaint();
        Ok(())
    }

    fn read<T: Default>(&self, read: impl FnOnce(&PlotApp) -> T) -> T {
        self.runner.app_mut::<PlotApp>().map(|app| read(&app)).unwrap_or_default()
    }
}

struct PlotApp {
    ctx: egui::Context,
    graph: Graph,
    frames: u32,
    view: [f64; 4],
}

impl eframe::App for PlotApp {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let bounds = self.graph.ui(ui);
        let ([left, low], [right, high]) = (bounds.min(), bounds.max());
        let scale = self.graph.scale();
        self.view = [left, right, scale.time(low), scale.time(high)];
        self.frames = self.frames.wrapping_add(1);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.graph.paper().background.to_normalized_gamma_f32()
    }

    fn as_any_mut(&mut self) -> Option<&mut dyn Any> {
        Some(&mut *self)
    }
}

/// Makes the canvas's context, which eframe then finds. egui smooths edges itself. If the browser
/// smoothed them too, a frame would take three times as long in software.
fn prepare(canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    let options = js_sys::Object::new();
    for feature in ["alpha", "antialias", "depth", "stencil"] {
        js_sys::Reflect::set(&options, &feature.into(), &JsValue::FALSE)?;
    }
    match canvas.get_context_with_context_options("webgl2", &options)? {
        Some(_) => Ok(()),
        None => Err(JsError::new("WebGL 2 is not available here").into()),
    }
}

fn colour(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

fn tell_watchers(message: &str) {
    let watchers = WATCHERS.with(|watchers| {
        watchers.try_borrow().map(|watchers| watchers.clone()).unwrap_or_default()
    });
    for watcher in watchers {
        // A watcher that throws cannot be told of it.
        drop(watcher.call1(&JsValue::NULL, &JsValue::from_str(message)));
    }
}
