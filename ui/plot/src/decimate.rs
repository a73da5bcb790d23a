//! Leaving out points that would fall on the same pixels as others.

use std::ops::Range;

use egui_plot::PlotPoint;

/// The points of a line inside `view`, and one more on each side for the segments that leave it.
///
/// `points` ascend in x. A view that holds none gives the two points whose segment crosses it.
pub fn visible(points: &[PlotPoint], view: &Range<f64>) -> Range<usize> {
    let first = points.partition_point(|point| point.x < view.start);
    let last = points.partition_point(|point| point.x <= view.end);
    first.saturating_sub(1)..(last + 1).min(points.len())
}

/// The points that draw the same line as all of `points` on columns of pixels that are `column` wide (in units of x).
///
/// Of each column the lowest and the highest point stay, in their order: what lies between them is covered by the
/// stroke that connects them. Columns are counted from x = 0, not from the edge of the view, so that panning does not
/// make the line flicker. The first and the last point always stay.
pub fn decimate(points: &[PlotPoint], column: f64) -> Vec<PlotPoint> {
    let mut kept = Vec::new();
    let Some((first, last)) = points.first().zip(points.last()) else { return kept };
    kept.push(*first);
    let mut rest = points;
    while let Some(head) = rest.first() {
        let number = (head.x / column).floor();
        let length = rest.iter().take_while(|point| (point.x / column).floor() == number).count().max(1);
        let (here, others) = rest.split_at(length);
        let (low, high) = extremes(here);
        let (earlier, later) = if low <= high { (low, high) } else { (high, low) };
        push_new(&mut kept, here[earlier]);
        push_new(&mut kept, here[later]);
        rest = others;
    }
    push_new(&mut kept, *last);
    kept
}

/// Where the lowest and the highest of some points are; there is at least one.
fn extremes(points: &[PlotPoint]) -> (usize, usize) {
    let (mut low, mut high) = (0, 0);
    for (index, point) in points.iter().enumerate() {
        if point.y < points[low].y {
            low = index;
        }
        if point.y > points[high].y {
            high = index;
        }
    }
    (low, high)
}

fn push_new(kept: &mut Vec<PlotPoint>, point: PlotPoint) {
    if kept.last() != Some(&point) {
        kept.push(point);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(ys: &[f64], spacing: f64) -> Vec<PlotPoint> {
        ys.iter().enumerate().map(|(index, &y)| PlotPoint { x: index as f64 * spacing, y }).collect()
    }

    #[test]
    fn nothing_of_nothing() {
        assert_eq!(visible(&[], &(0.0..1.0)), 0..0);
        assert!(decimate(&[], 1.0).is_empty());
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
    fn a_peak_of_one_point_survives_among_a_thousand_in_its_column() {
        let mut ys = vec![1.0; 1000];
        ys[517] = 9.0;
        let kept = decimate(&points(&ys, 0.001), 1.0);
        assert!(kept.iter().any(|point| point.y == 9.0));
        assert!(kept.len() <= 4, "{kept:?}");
    }

    proptest! {
        #[test]
        fn lines_with_a_point_a_column_stay_as_they_are(ys in prop::collection::vec(-1e3..1e3, 0..50)) {
            let all = points(&ys, 2.0);
            prop_assert_eq!(decimate(&all, 1.0), all);
        }

        #[test]
        fn every_column_keeps_its_extremes_in_order(
            ys in prop::collection::vec(-1e3..1e3, 1..500),
            spacing in 0.001..3.0,
        ) {
            let all = points(&ys, spacing);
            let kept = decimate(&all, 1.0);
            prop_assert_eq!(kept.first(), all.first());
            prop_assert_eq!(kept.last(), all.last());
            prop_assert!(kept.is_sorted_by(|a, b| a.x < b.x));

            let columns = (all[all.len() - 1].x.floor() as usize) + 1;
            prop_assert!(kept.len() <= 2 * columns + 2);
            for column in 0..columns {
                let here = |point: &&PlotPoint| point.x.floor() as usize == column;
                let range = |of: &[PlotPoint]| of.iter().filter(here).fold(None, |range, point| match range {
                    None => Some((point.y, point.y)),
                    Some((low, high)) => Some((point.y.min(low), point.y.max(high))),
                });
                prop_assert_eq!(range(&kept), range(&all));
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
