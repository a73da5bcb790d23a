//! The graph as a user meets it: events go in, and the screen shows the result.

use egui::{
    Color32, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape,
    Vec2, pos2, vec2,
};
use egui_plot::PlotBounds;
use watshop_plot::{
    graph::{Graph, Paper, set_up},
    scale::Scale,
    series::{DataError, Look, Series},
};

const SIZE: Vec2 = vec2(600.0, 300.0);
const MIDDLE: Pos2 = pos2(320.0, 140.0);

/// A graph in a window without a screen.
struct Stage {
    ctx: egui::Context,
    graph: Graph,
    time: f64,
    view: PlotBounds,
    shapes: Vec<Shape>,
    /// The time after the last pass in which nothing has to be drawn if nothing happens.
    rest: std::time::Duration,
}

impl Stage {
    fn new(series: &[(&str, &[f64])]) -> Self {
        let mut graph = Graph::default();
        graph.set_series(series.iter().map(|(name, times)| line(name, times)).collect());
        let ctx = egui::Context::default();
        set_up(&ctx);
        let mut stage = Self {
            ctx,
            graph,
            time: 0.0,
            view: PlotBounds::NOTHING,
            shapes: vec![],
            rest: std::time::Duration::ZERO,
        };
        stage.settle();
        stage
    }

    fn pass(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            ..Default::default()
        };
        let mut output = self.ctx.run_ui(input, |ui| self.view = self.graph.ui(ui));
        // There is no screen that could use the textures.
        output.textures_delta.clear();
        self.rest = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        self.shapes = output.shapes.into_iter().map(|clipped| clipped.shape).collect();
    }

    /// Runs passes until nothing moves any more.
    fn settle(&mut self) {
        for _ in 0..200 {
            self.pass(vec![]);
            if self.rest > std::time::Duration::from_secs(1) {
                return;
            }
        }
        panic!("the graph asks to be drawn for ever");
    }

    fn press(&mut self, key: Key) {
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            self.pass(vec![Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            }]);
        }
        self.settle();
    }

    fn drag(&mut self, from: Pos2, to: Pos2, button: PointerButton, modifiers: Modifiers) {
        let press = |pos, pressed| Event::PointerButton { pos, button, pressed, modifiers };
        self.pass(vec![Event::ModifiersChanged(modifiers), Event::PointerMoved(from)]);
        self.pass(vec![press(from, true)]);
        for part in 1..=20 {
            self.pass(vec![Event::PointerMoved(from.lerp(to, part as f32 / 20.0))]);
        }
        self.pass(vec![press(to, false)]);
        self.settle();
    }

    fn turn_wheel(&mut self, delta: Vec2) {
        self.pass(vec![Event::PointerMoved(MIDDLE)]);
        self.pass(vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta,
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
        }]);
        self.settle();
    }

    fn double_click(&mut self) {
        let press = |pressed| Event::PointerButton {
            pos: MIDDLE,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.pass(vec![Event::PointerMoved(MIDDLE)]);
        for pressed in [true, false, true, false] {
            self.pass(vec![press(pressed)]);
        }
        self.settle();
    }

    fn texts(&self) -> Vec<String> {
        fn collect(shape: &Shape, texts: &mut Vec<String>) {
            match shape {
                Shape::Text(text) => texts.push(text.galley.text().to_owned()),
                Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, texts)),
                _ => {}
            }
        }
        let mut texts = Vec::new();
        self.shapes.iter().for_each(|shape| collect(shape, &mut texts));
        texts
    }

    fn pictures(&self) -> usize {
        self.shapes.iter().filter(|shape| matches!(shape, Shape::Mesh(_))).count()
    }
}

fn line(name: &str, times: &[f64]) -> Series {
    let look = Look::numbered(0, 0).expect("the first look");
    let mut series = Series::new(name.to_owned(), Color32::BLUE, look, Scale::Linear);
    let records: Vec<f64> = (1..=times.len()).map(|record| record as f64).collect();
    series.append(&records, times).expect("good figures");
    series
}

fn width(view: PlotBounds) -> f64 {
    view.max()[0] - view.min()[0]
}

#[test]
fn everything_is_seen_at_first_with_units_at_the_axes() {
    let stage = Stage::new(&[("compile", &[8.0, 20.0, 14.0])]);
    assert!(stage.view.min()[0] <= 0.5 && 3.5 <= stage.view.max()[0], "{:?}", stage.view);
    assert!(stage.view.min()[1] <= 0.0 && 20.0 <= stage.view.max()[1], "{:?}", stage.view);
    let texts = stage.texts();
    for text in ["0", "10 ms", "20 ms", "1", "2", "3", "record"] {
        assert!(texts.iter().any(|one| one == text), "no {text:?} in {texts:?}");
    }
}

#[test]
fn a_logarithmic_axis_has_its_labels_at_powers_of_ten() {
    let mut stage = Stage::new(&[("compile", &[0.01, 2000.0])]);
    stage.graph.set_scale(Scale::Log);
    stage.settle();
    let texts = stage.texts();
    for text in ["10 µs", "1 ms", "100 ms", "1 s"] {
        assert!(texts.iter().any(|one| one == text), "no {text:?} in {texts:?}");
    }
}

#[test]
fn the_figure_under_the_pointer_is_said_with_its_unit() {
    let mut stage = Stage::new(&[("load", &[0.0, 0.0, 0.0]), ("compile", &[8.0, 4.0, 8.0])]);
    // This is the middle of three records, at half the height of the highest.
    stage.pass(vec![Event::PointerMoved(pos2(332.0, 143.0))]);
    stage.settle();
    let texts = stage.texts().join("\n");
    assert!(texts.contains("compile\n4.00 ms\nrecord 2"), "{texts}");

    stage.pass(vec![Event::PointerMoved(pos2(220.0, 30.0))]);
    stage.settle();
    assert!(!stage.texts().join("\n").contains("record 2"), "{:?}", stage.texts());
}

#[test]
fn a_drag_pans_and_a_double_click_brings_everything_back() {
    let mut stage = Stage::new(&[("compile", &[1.0; 50])]);
    let all = stage.view;
    stage.drag(MIDDLE, MIDDLE - vec2(100.0, 0.0), PointerButton::Primary, Modifiers::NONE);
    assert!(stage.view.min()[0] > all.min()[0] + 5.0, "{:?}", stage.view);
    assert!((width(stage.view) - width(all)).abs() < 1e-6);
    stage.double_click();
    assert_eq!(stage.view, all);
}

#[test]
fn a_drag_with_the_right_button_or_shift_zooms_into_its_box() {
    for (button, modifiers) in
        [(PointerButton::Secondary, Modifiers::NONE), (PointerButton::Primary, Modifiers::SHIFT)]
    {
        let mut stage = Stage::new(&[("compile", &[1.0; 50])]);
        let all = stage.view;
        stage.drag(pos2(200.0, 80.0), pos2(300.0, 180.0), button, modifiers);
        assert!(width(stage.view) < width(all) * 0.3, "{button:?} {modifiers:?} {:?}", stage.view);
        assert!(all.min()[0] < stage.view.min()[0] && stage.view.max()[0] < all.max()[0]);
    }
}

#[test]
fn the_wheel_zooms_around_the_pointer() {
    let mut stage = Stage::new(&[("compile", &[1.0; 50])]);
    let all = stage.view;
    stage.turn_wheel(vec2(0.0, 240.0));
    let zoomed = width(all) / width(stage.view);
    assert!((2.6..2.8).contains(&zoomed), "{zoomed}");
    stage.turn_wheel(vec2(0.0, -240.0));
    assert!((width(stage.view) - width(all)).abs() < 0.01 * width(all));
}

#[test]
fn keys_pan_zoom_and_reset() {
    let mut stage = Stage::new(&[("compile", &[1.0; 50])]);
    let all = stage.view;
    stage.press(Key::ArrowRight);
    assert!(
        (stage.view.min()[0] - all.min()[0] - width(all) / 10.0).abs() < 1e-3,
        "{:?}",
        stage.view
    );
    stage.press(Key::ArrowUp);
    assert!(stage.view.min()[1] > all.min()[1]);
    stage.press(Key::Plus);
    assert!((width(all) / width(stage.view) - 1.25).abs() < 1e-3);
    stage.press(Key::Minus);
    assert!((width(all) / width(stage.view) - 1.0).abs() < 1e-3);
    stage.press(Key::Num0);
    assert_eq!(stage.view, all);
}

#[test]
fn nobody_gets_lost() {
    let mut stage = Stage::new(&[("compile", &[1.0; 50])]);
    for _ in 0..60 {
        stage.press(Key::ArrowLeft);
    }
    assert!(stage.view.max()[0] > 0.5, "panned away: {:?}", stage.view);
    for _ in 0..60 {
        stage.press(Key::Minus);
    }
    assert!(width(stage.view) <= 260.0, "zoomed out too far: {:?}", stage.view);
    for _ in 0..120 {
        stage.press(Key::Plus);
    }
    assert!(width(stage.view) >= 0.49, "zoomed in too far: {:?}", stage.view);
}

#[test]
fn the_view_follows_new_figures_until_the_user_moves_it() {
    let mut stage = Stage::new(&[("compile", &[1.0, 2.0])]);
    stage.graph.append(0, &[3.0], &[9.0]).expect("a good figure");
    stage.settle();
    assert!(stage.view.max()[0] >= 3.5 && stage.view.max()[1] >= 9.0, "{:?}", stage.view);

    stage.press(Key::ArrowRight);
    let moved = stage.view;
    stage.graph.append(0, &[4.0], &[90.0]).expect("a good figure");
    stage.settle();
    assert_eq!(stage.view, moved);
}

#[test]
fn a_graph_that_nothing_happens_to_is_not_drawn_again() {
    let mut stage = Stage::new(&[("compile", &[1.0, 2.0])]);
    stage.pass(vec![Event::PointerMoved(MIDDLE)]);
    stage.settle();
    assert_eq!(stage.rest, std::time::Duration::MAX);
}

#[test]
fn hidden_lines_take_no_room() {
    let mut stage = Stage::new(&[("load", &[1.0]), ("compile", &[1000.0])]);
    stage.graph.set_hidden(1, true).expect("the second line");
    stage.settle();
    assert!(stage.view.max()[1] < 2.0, "{:?}", stage.view);
    assert_eq!(stage.graph.set_hidden(2, true), Err(DataError::UnknownSeries(2)));
}

#[test]
fn many_figures_become_one_picture() {
    let times: Vec<f64> = (0..100_000).map(|index| f64::from(index % 97)).collect();
    let mut stage = Stage::new(&[("compile", &times)]);
    assert_eq!(stage.pictures(), 1);
    assert!(stage.shapes.len() < 100, "{} shapes", stage.shapes.len());
    for _ in 0..40 {
        stage.press(Key::Plus);
    }
    assert_eq!(stage.pictures(), 0, "few of them are seen: {:?}", stage.view);
}

#[test]
fn an_empty_graph_and_one_of_nothing_but_zeros_are_drawn_too() {
    for series in [&[][..], &[("compile", &[][..])], &[("compile", &[0.0, 0.0][..])]] {
        for scale in [Scale::Linear, Scale::Log] {
            let mut stage = Stage::new(series);
            stage.graph.set_scale(scale);
            stage.settle();
            assert!(stage.view.is_valid(), "{:?}", stage.view);
        }
    }
}

#[test]
fn themes_change_labels_and_lines() {
    let mut stage = Stage::new(&[("compile", &[1.0, 2.0])]);
    let paper = Paper {
        dark: true,
        background: Color32::BLACK,
        grid: Color32::DARK_GRAY,
        text: Color32::GOLD,
    };
    assert_eq!(stage.graph.set_theme(paper, &[]), Err(DataError::Lengths));
    stage.graph.set_theme(paper, &[Color32::KHAKI]).expect("one colour for one line");
    stage.settle();
    assert_eq!(stage.graph.series()[0].colour, Color32::KHAKI);
    let golden = |shape: &Shape| match shape {
        Shape::Text(text) => {
            text.galley.job.sections.iter().any(|section| section.format.color == Color32::GOLD)
        }
        _ => false,
    };
    assert!(stage.shapes.iter().any(golden), "no label has the new colour");
}

#[test]
fn a_view_that_was_copied_is_shown_again_on_both_scales() {
    for scale in [Scale::Linear, Scale::Log] {
        let mut stage = Stage::new(&[("a", &[1.0, 5.0, 2.0, 9.0, 4.0, 7.0])]);
        stage.graph.set_scale(scale);
        stage.settle();
        assert!(stage.graph.is_whole());
        stage.graph.set_view(Some([2.0, 4.0, 1.5, 6.0]));
        stage.settle();
        assert!(!stage.graph.is_whole());
        let times = [stage.view.min()[1], stage.view.max()[1]].map(|height| scale.time(height));
        let shown = [stage.view.min()[0], stage.view.max()[0], times[0], times[1]];
        for (shown, wanted) in shown.into_iter().zip([2.0, 4.0, 1.5, 6.0]) {
            assert!((shown - wanted).abs() < 1e-6, "{shown} is not {wanted}");
        }
        stage.graph.set_view(None);
        stage.settle();
        assert!(stage.graph.is_whole() && stage.view.max()[0] > 6.0);
    }
}
