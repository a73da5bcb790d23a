//! What holds for all samples.

use proptest::prelude::*;
use watshop_statistics::{Sorted, Summary, by_bootstrap, by_pairs, drift, fit, histogram};

fn samples(least: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![0.001_f64..1e12, Just(f64::NAN), Just(7.0)], least..200)
}

proptest! {
    #[test]
    fn figures_are_in_order_and_within_the_samples(samples in samples(1)) {
        let Some(sorted) = Sorted::new(samples.clone()) else {
            prop_assert!(samples.iter().all(|sample| sample.is_nan()));
            return Ok(());
        };
        let it = Summary::of(&sorted);
        let order = [it.min, it.interval.low, it.median, it.interval.high, it.max];
        prop_assert!(order.is_sorted(), "{it:?}");
        prop_assert!(it.lower_quartile <= it.median && it.median <= it.upper_quartile);
        prop_assert!(it.low_outliers + it.high_outliers <= it.count / 2);
        prop_assert!((0.0..=1.0).contains(&it.interval.confidence));
    }

    #[test]
    fn each_sample_is_in_one_bin_or_above(samples in samples(1)) {
        if let Some(sorted) = Sorted::new(samples) {
            let bins = histogram(&sorted);
            let count = bins.counts.iter().sum::<usize>() + bins.above;
            prop_assert_eq!(count, sorted.samples().len());
            prop_assert!(bins.counts.len() <= 64);
        }
    }

    #[test]
    fn a_ratio_is_in_its_interval_and_turns_round(first in samples(1), second in samples(1)) {
        if let Some(ratio) = by_pairs(&first, &second) {
            prop_assert!(ratio.interval.low <= ratio.ratio && ratio.ratio <= ratio.interval.high);
        }
        if let (Some(first), Some(second)) = (Sorted::new(first), Sorted::new(second)) {
            let there = by_bootstrap(&first, &second).unwrap();
            let back = by_bootstrap(&second, &first).unwrap();
            prop_assert!(there.interval.low <= there.ratio && there.ratio <= there.interval.high);
            prop_assert!((there.ratio * back.ratio - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn nothing_panics(samples in samples(0), others in samples(0)) {
        let _ = drift(&samples);
        let points: Vec<_> = samples.iter().copied().zip(others).collect();
        let _ = fit(&points);
    }
}

/// The interval of the median contains the true median in 95 of a hundred benches.
#[test]
fn an_interval_has_the_chance_that_it_names() {
    let mut state = 1_u64;
    let mut random = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let rounds = 10_000;
    let hits = (0..rounds).filter(|_| {
        // Times with a long tail, whose median is 0.5 before the power.
        let sorted = Sorted::new((0..25).map(|_| random().powi(4))).unwrap();
        let interval = sorted.interval();
        interval.low <= 0.0625 && 0.0625 <= interval.high
    });
    let part = hits.count() as f64 / f64::from(rounds);
    assert!((0.94..0.97).contains(&part), "{part}");
}
