//! The figures of one line.

use egui::Color32;
use egui_plot::{LineStyle, MarkerShape, PlotBounds, PlotPoint};

use crate::{extent::Blocks, scale::Scale};

/// The look of a line, apart from its colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The marker at each figure.
    pub marker: MarkerShape,
    /// The stroke of the line between figures.
    pub stroke: LineStyle,
}

impl Look {
    /// Returns the look with these numbers: the indices of marker and stroke in `MARKERS` and
    /// `STROKES` of ui/src/graph/look.ts. The result is none if there is no such marker or stroke.
    pub fn numbered(marker: u8, stroke: u8) -> Option<Self> {
        const MARKERS: [MarkerShape; 7] = [
            MarkerShape::Circle,
            MarkerShape::Square,
            MarkerShape::Diamond,
            MarkerShape::Up,
            MarkerShape::Down,
            MarkerShape::Plus,
            MarkerShape::Left,
        ];
        const STROKES: [LineStyle; 3] = [
            LineStyle::Solid,
            LineStyle::Dashed { length: 6.0 },
            LineStyle::Dotted { spacing: 4.5 },
        ];
        Some(Self {
            marker: *MARKERS.get(usize::from(marker))?,
            stroke: *STROKES.get(usize::from(stroke))?,
        })
    }
}

/// The reason why figures were rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataError {
    /// Two lists that belong together differ in length.
    Lengths,
    /// A record does not come after the one before it.
    Order,
    /// A record or a time is infinite, not a number, or a time below zero.
    Figure,
    /// There is no series with this number.
    UnknownSeries(usize),
    /// There is no marker or stroke with this number.
    UnknownLook,
}

impl std::fmt::Display for DataError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lengths => {
                out.write_str("the lists of the series do not fit together: their lengths differ")
            }
            Self::Order => out.write_str("the records of a series must ascend"),
            Self::Figure => {
                out.write_str("records and times must be finite numbers, and times not negative")
            }
            Self::UnknownSeries(index) => write!(out, "there is no series number {index}"),
            Self::UnknownLook => out.write_str("there is no such marker or stroke"),
        }
    }
}

/// One line: the times of one phase with one compiler, record after record.
pub struct Series {
    /// The name that is shown when the pointer is near: `Cranelift compile`.
    pub name: String,
    /// The colour in the current theme.
    pub colour: Color32,
    /// Marker and stroke.
    pub look: Look,
    /// True if its entry in the legend has hidden it.
    pub hidden: bool,
    /// The record and height of each figure, ascending in record.
    points: Vec<PlotPoint>,
    blocks: Blocks,
    scale: Scale,
    highest: f64,
    lowest: f64,
}

impl Series {
    /// Makes a line without figures.
    pub fn new(name: String, colour: Color32, look: Look, scale: Scale) -> Self {
        Self {
            name,
            colour,
            look,
            hidden: false,
            points: Vec::new(),
            blocks: Blocks::default(),
            scale,
            highest: f64::NEG_INFINITY,
            lowest: f64::INFINITY,
        }
    }

    /// Adds times (milliseconds) of records after the last one.
    ///
    /// # Errors
    ///
    /// [`DataError::Lengths`], [`DataError::Order`] or [`DataError::Figure`]; then nothing was
    /// added.
    pub fn append(&mut self, records: &[f64], times: &[f64]) -> Result<(), DataError> {
        if records.len() != times.len() {
            return Err(DataError::Lengths);
        }
        if !records.iter().chain(times).all(|value| value.is_finite())
            || times.iter().any(|&time| time < 0.0)
        {
            return Err(DataError::Figure);
        }
        let follows =
            self.points.last().zip(records.first()).is_none_or(|(last, first)| last.x < *first);
        if !follows || !records.is_sorted_by(|a, b| a < b) {
            return Err(DataError::Order);
        }
        let had = self.points.len();
        self.points.reserve(records.len());
        for (&x, &time) in records.iter().zip(times) {
            let y = self.scale.height(time);
            self.lowest = self.lowest.min(y);
            self.highest = self.highest.max(y);
            self.points.push(PlotPoint { x, y });
        }
        self.blocks.extend(&self.points, had);
        Ok(())
    }

    /// Converts the heights to another scale.
    pub fn set_scale(&mut self, scale: Scale) {
        for point in &mut self.points {
            point.y = scale.height(self.scale.time(point.y));
        }
        self.blocks.extend(&self.points, 0);
        for height in [&mut self.lowest, &mut self.highest] {
            // Without figures both are infinite, and stay so.
            if height.is_finite() {
                *height = scale.height(self.scale.time(*height));
            }
        }
        self.scale = scale;
    }

    /// The record and height of each figure, ascending in record.
    pub fn points(&self) -> &[PlotPoint] {
        &self.points
    }

    /// The extents of its figures, for drawing many of them.
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Returns the bounds of a view that shows all figures, or nothing without figures.
    pub fn bounds(&self) -> PlotBounds {
        let Some((first, last)) = self.points.first().zip(self.points.last()) else {
            return PlotBounds::NOTHING;
        };
        let (low, high) = match self.scale {
            // The range begins at zero, so that heights can be compared as lengths. If all are
            // zeros, it goes up to a microsecond.
            Scale::Linear => (0.0, if self.highest > 0.0 { self.highest } else { 1e-3 }),
            // The range is at least a decade, so that equal times do not look like noise.
            Scale::Log => {
                let missing = (1.0 - (self.highest - self.lowest)).max(0.0) / 2.0;
                (self.lowest - missing, self.highest + missing)
            }
        };
        PlotBounds::from_min_max([first.x - 0.5, low], [last.x + 0.5, high])
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn series(times: &[f64], scale: Scale) -> Series {
        let look = Look::numbered(0, 0).expect("the first look");
        let mut series = Series::new("Cranelift compile".to_owned(), Color32::RED, look, scale);
        let records: Vec<f64> = (1..=times.len()).map(|record| record as f64).collect();
        series.append(&records, times).expect("good figures");
        series
    }

    #[test]
    fn bad_figures_are_refused_whole() {
        let mut some = series(&[1.0, 2.0], Scale::Linear);
        for (records, times, error) in [
            (vec![3.0], vec![], DataError::Lengths),
            (vec![2.0], vec![1.0], DataError::Order),
            (vec![3.0, 3.0], vec![1.0, 1.0], DataError::Order),
            (vec![3.0, f64::NAN], vec![1.0, 1.0], DataError::Figure),
            (vec![3.0], vec![f64::INFINITY], DataError::Figure),
            (vec![3.0], vec![-1.0], DataError::Figure),
        ] {
            assert_eq!(some.append(&records, &times), Err(error), "{records:?} {times:?}");
            assert_eq!(some.points().len(), 2);
        }
    }

    #[test]
    fn a_linear_view_starts_at_nothing() {
        let bounds = series(&[3.0, 8.0], Scale::Linear).bounds();
        assert_eq!((bounds.min(), bounds.max()), ([0.5, 0.0], [2.5, 8.0]));
    }

    #[test]
    fn a_logarithmic_view_spans_a_decade_at_least() {
        let bounds = series(&[1.0, 1.0], Scale::Log).bounds();
        assert_eq!((bounds.min()[1], bounds.max()[1]), (-0.5, 0.5));
    }

    #[test]
    fn there_and_back_between_scales_changes_nothing() {
        let mut some = series(&[0.25, 14_500.0], Scale::Linear);
        some.set_scale(Scale::Log);
        assert!((some.bounds().max()[1] - 14_500_f64.log10()).abs() < 1e-12);
        some.set_scale(Scale::Linear);
        for (point, time) in some.points().iter().zip([0.25, 14_500.0]) {
            assert!((point.y - time).abs() <= time * 1e-12);
        }
    }

    #[test]
    fn no_figures_ask_for_no_room() {
        let mut none = series(&[], Scale::Linear);
        none.set_scale(Scale::Log);
        assert_eq!(none.bounds(), PlotBounds::NOTHING);
    }

    #[test]
    fn looks_beyond_the_last_do_not_exist() {
        assert!(Look::numbered(6, 2).is_some());
        assert!(Look::numbered(7, 0).is_none());
        assert!(Look::numbered(0, 3).is_none());
    }
}
