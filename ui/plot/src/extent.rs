//! The part of each column of pixels that a line covers. This is all that is drawn of a million
//! figures.

use std::ops::Range;

use egui_plot::PlotPoint;

/// Returns the points of a line inside `view`, and one more on each side for the segments that
/// leave it.
///
/// `points` ascend in x. If no point is in the view, the result is the two points whose segment
/// crosses it.
pub fn visible(points: &[PlotPoint], view: &Range<f64>) -> Range<usize> {
    let first = points.partition_point(|point| point.x < view.start);
    let last = points.partition_point(|point| point.x <= view.end);
    first.saturating_sub(1)..(last + 1).min(points.len())
}

/// The lowest and the highest value of a line in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The lowest value. It is above `high` if the line does not reach the column.
    pub low: f64,
    /// The highest value. It is below `low` if the line does not reach the column.
    pub high: f64,
}

impl Extent {
    /// The extent of a column that the line does not reach.
    pub const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };

    fn of(y: f64) -> Self {
        Self { low: y, high: y }
    }

    // `f64::min` also handles NaN, which takes twice as long and does not occur here.
    fn and(self, other: Self) -> Self {
        Self {
            low: if other.low < self.low { other.low } else { self.low },
            high: if other.high > self.high { other.high } else { self.high },
        }
    }
}

/// The number of points whose extent is known together.
const BLOCK: usize = 16;

/// The extents of each [`BLOCK`] points of a line, so that not each point is looked at for each frame.
#[derive(Debug, Default)]
pub struct Blocks(Vec<Extent>);

impl Blocks {
    /// Takes points that were added at the end, from the place `from` on.
    pub fn extend(&mut self, points: &[PlotPoint], from: usize) {
        let first = from / BLOCK;
        self.0.truncate(first);
        let whole = points.get(first * BLOCK..).unwrap_or_default().chunks(BLOCK);
        self.0.extend(whole.map(|block| {
            block.iter().fold(Extent::NONE, |all, point| all.and(Extent::of(point.y)))
        }));
    }
}

/// Returns the part that the line through the `range` of `points`, ascending in x, covers of `count`
/// columns that begin at x = `start` and are `width` wide. It is exact: a peak of one point among
/// millions is there, and so is a segment that only crosses a column.
pub fn extents(
    points: &[PlotPoint],
    blocks: &Blocks,
    range: Range<usize>,
    (start, width, count): (f64, f64, usize),
) -> Vec<Extent> {
    let mut columns = vec![Extent::NONE; count];
    let mut add = |column: f64, extent: Extent| {
        // Points beyond the first and the last column only lead out of the view.
        if 0.0 <= column && column < count as f64 {
            let there = &mut columns[column as usize];
            *there = there.and(extent);
        }
    };
    let Some(first) = points.get(range.start).filter(|_| !range.is_empty()) else {
        return columns;
    };
    let position = |point: &PlotPoint| (point.x - start) / width;
    let mut from = (position(first), first.y);
    let mut column = from.0.floor();
    let mut extent = Extent::of(first.y);
    let mut at = range.start + 1;
    while at < range.end {
        // A block that begins and ends in this column lies in it as a whole.
        let last = at + BLOCK - 1;
        if at.is_multiple_of(BLOCK)
            && last < range.end
            && position(&points[last]).floor() == column
            && let Some(block) = blocks.0.get(at / BLOCK)
        {
            extent = extent.and(*block);
            from = (position(&points[last]), points[last].y);
            at = last + 1;
            continue;
        }
        let to = (position(&points[at]), points[at].y);
        let here = Extent::of(to.1);
        if to.0.floor() == column {
            extent = extent.and(here);
        } else {
            add(column, extent);
            cross(from, to, count, &mut add);
            (column, extent) = (to.0.floor(), here);
        }
        from = to;
        at += 1;
    }
    add(column, extent);
    columns
}

/// Adds the crossings of a segment from one column to the next. A crossing belongs to both.
fn cross(from: (f64, f64), to: (f64, f64), count: usize, add: &mut impl FnMut(f64, Extent)) {
    let mut border = (from.0.floor() + 1.0).max(0.0);
    while border <= to.0.min(count as f64) {
        let here = Extent::of(from.1 + (to.1 - from.1) * (border - from.0) / (to.0 - from.0));
        add(border - 1.0, here);
        add(border, here);
        border += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(ys: &[f64], spacing: f64) -> Vec<PlotPoint> {
        ys.iter()
            .enumerate()
            .map(|(index, &y)| PlotPoint { x: index as f64 * spacing, y })
            .collect()
    }

    fn extents(points: &[PlotPoint], start: f64, width: f64, count: usize) -> Vec<Extent> {
        let mut blocks = Blocks::default();
        // They come in two pieces, as those of a run that goes on do.
        let half = points.len() / 2;
        blocks.extend(&points[..half], 0);
        blocks.extend(points, half);
        super::extents(points, &blocks, 0..points.len(), (start, width, count))
    }

    #[test]
    fn extremes_of_one_point_among_a_million_survive() {
        let mut ys = vec![5.0; 1_000_000];
        for (at, extreme) in [(0, 90.0), (123_456, 91.0), (123_457, -1.0), (999_999, 92.0)] {
            ys[at] = extreme;
        }
        let columns = extents(&points(&ys, 0.001), 0.0, 1.0, 1000);
        assert_eq!(columns[0], Extent { low: 5.0, high: 90.0 });
        assert_eq!(columns[123], Extent { low: -1.0, high: 91.0 });
        assert_eq!(columns[999], Extent { low: 5.0, high: 92.0 });
        assert_eq!(columns[500], Extent::of(5.0));
    }

    #[test]
    fn nothing_of_nothing() {
        assert_eq!(visible(&[], &(0.0..1.0)), 0..0);
        assert_eq!(extents(&[], 0.0, 1.0, 2), [Extent::NONE; 2]);
        assert!(extents(&points(&[1.0, 2.0], 1.0), 0.0, 1.0, 0).is_empty());
    }

    #[test]
    fn a_view_between_two_points_sees_the_segment_that_crosses_it() {
        assert_eq!(visible(&points(&[0.0; 10], 1.0), &(3.2..3.8)), 3..5);
    }

    #[test]
    fn points_on_the_edge_are_inside() {
        assert_eq!(visible(&points(&[0.0; 10], 1.0), &(3.0..5.0)), 2..7);
    }

    #[test]
    fn a_view_beyond_the_end_sees_the_last_point_only() {
        assert_eq!(visible(&points(&[0.0; 10], 1.0), &(20.0..30.0)), 9..10);
    }

    #[test]
    fn a_peak_of_one_point_is_there_among_a_thousand_in_its_column() {
        let mut ys = vec![1.0; 1000];
        ys[517] = 9.0;
        assert_eq!(
            extents(&points(&ys, 0.001), 0.0, 1.0, 2),
            [Extent { low: 1.0, high: 9.0 }, Extent::NONE]
        );
    }

    #[test]
    fn a_segment_covers_its_part_of_each_column_it_crosses() {
        let line = [PlotPoint { x: 0.5, y: 0.0 }, PlotPoint { x: 2.5, y: 4.0 }];
        let covered = [(0.0, 1.0), (1.0, 3.0), (3.0, 4.0)].map(|(low, high)| Extent { low, high });
        assert_eq!(extents(&line, 0.0, 1.0, 4), [covered[0], covered[1], covered[2], Extent::NONE]);
        // The same view further right: the line comes in from outside.
        assert_eq!(extents(&line, 1.0, 1.0, 2), covered[1..3]);
    }

    #[test]
    fn a_segment_far_longer_than_the_view_costs_no_more_than_the_view() {
        let line = [PlotPoint { x: -1e300, y: 0.0 }, PlotPoint { x: 1e300, y: 0.0 }];
        assert_eq!(extents(&line, 0.0, 1.0, 3), [Extent::of(0.0); 3]);
    }

    proptest! {
        #[test]
        fn every_column_covers_what_passes_through_it_and_no_more(
            ys in prop::collection::vec(-1e3..1e3, 2..600),
            spacing in 0.01..5.0,
            start in -5.0..5.0,
        ) {
            let line = points(&ys, spacing);
            let at = |x: f64| -> Option<f64> {
                let index = line.partition_point(|point| point.x <= x).checked_sub(1)?;
                let (from, to) = (line[index], line.get(index + 1)?);
                Some(from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x))
            };
            for (column, extent) in extents(&line, start, 1.0, 20).into_iter().enumerate() {
                let (left, right) = (start + column as f64, start + column as f64 + 1.0);
                let inside = line.iter().filter(|point| left <= point.x && point.x < right).map(|point| point.y);
                let through: Vec<f64> = inside.chain(at(left)).chain(at(right)).collect();
                let low = through.iter().copied().reduce(f64::min);
                let high = through.iter().copied().reduce(f64::max);
                let border = |point: &PlotPoint| (point.x - left).abs() < 1e-9 || (point.x - right).abs() < 1e-9;
                match low.zip(high) {
                    // A point on the border itself may count for either column.
                    _ if line.iter().any(border) => {}
                    None => prop_assert_eq!(extent, Extent::NONE),
                    Some((low, high)) => prop_assert!(
                        (extent.low - low).abs() < 1e-6 && (extent.high - high).abs() < 1e-6,
                        "column {column} has {extent:?} of {through:?}"
                    ),
                }
            }
        }

        #[test]
        fn all_points_of_the_view_are_visible(
            ys in prop::collection::vec(-1e3..1e3, 0..200),
            start in -50.0..250.0,
            width in 0.0..100.0,
        ) {
            let all = points(&ys, 1.0);
            let view = start..start + width;
            let seen = visible(&all, &view);
            for (index, point) in all.iter().enumerate() {
                if view.start <= point.x && point.x <= view.end {
                    prop_assert!(seen.contains(&index));
                }
            }
        }
    }
}
