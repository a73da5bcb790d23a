//! The law by which times grow with an argument.

/// A law of growth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// The time does not depend on the argument.
    Constant,
    /// n.
    Linear,
    /// n log n.
    LogLinear,
    /// n².
    Quadratic,
    /// bⁿ with a base that is fitted too, such as 2 or 1.62.
    Exponential,
}

/// The least and the greatest base of an exponential law.
const BASES: (f64, f64) = (1.1, 8.0);

/// The searches for the base, each between the neighbours of the best base before, and the steps of
/// each.
const SEARCHES: usize = 4;
const STEPS: f64 = 40.0;

/// A law with its numbers: `offset + slope · f(n)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// The law.
    pub law: Law,
    /// The time that does not depend on the argument.
    pub offset: f64,
    /// The factor of the law.
    pub slope: f64,
    /// The base of an exponential law; 1 for the others.
    pub base: f64,
    /// The typical distance of the times from the law, as a part of the time: 0.02 is 2 %.
    pub error: f64,
    /// The chance that this law is the best of the five, from 0 to 1 (Akaike weights).
    pub confidence: f64,
}

impl Law {
    /// All laws, the simplest first.
    pub const ALL: [Self; 5] =
        [Self::Constant, Self::Linear, Self::LogLinear, Self::Quadratic, Self::Exponential];

    fn at(self, n: f64, base: f64) -> f64 {
        match self {
            Self::Constant => 0.0,
            Self::Linear => n,
            Self::LogLinear => n * n.max(1.0).log2(),
            Self::Quadratic => n * n,
            Self::Exponential => base.powf(n),
        }
    }
}

impl Growth {
    /// The time of an argument.
    pub fn at(&self, n: f64) -> f64 {
        self.offset + self.slope * self.law.at(n, self.base)
    }
}

/// Fits every law to points `(n, time)` and gives the best: least squares of the relative errors,
/// compared by Akaike's criterion for few points. `None` for fewer than five points, or if a time
/// is not positive.
pub fn fit(points: &[(f64, f64)]) -> Option<Growth> {
    let good = |&(n, time): &(f64, f64)| n.is_finite() && time.is_finite() && time > 0.0;
    if points.len() < 5 || !points.iter().all(good) {
        return None;
    }
    let fitted: Vec<_> = Law::ALL.iter().filter_map(|law| fit_law(*law, points)).collect();
    let (best, least) = fitted.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let weight: f64 = fitted.iter().map(|(_, score)| ((least - score) / 2.0).exp()).sum();
    Some(Growth { confidence: 1.0 / weight, ..*best })
}

/// The law with its best numbers, and its score: less is better.
fn fit_law(law: Law, points: &[(f64, f64)]) -> Option<(Growth, f64)> {
    if law != Law::Exponential {
        return fit_base(law, 1.0, points);
    }
    // The error has one valley over the bases, which is searched in ever smaller steps.
    let (mut low, mut high) = (BASES.0.ln(), BASES.1.ln());
    let mut best: Option<(Growth, f64)> = None;
    for _ in 0..SEARCHES {
        let step = (high - low) / STEPS;
        for at in 0..=STEPS as i32 {
            let base = (low + step * f64::from(at)).exp();
            let found = fit_base(law, base, points);
            if let Some(found) = found.filter(|(_, score)| best.is_none_or(|it| *score < it.1)) {
                best = Some(found);
            }
        }
        let middle = best?.0.base.ln();
        (low, high) = ((middle - step).max(BASES.0.ln()), (middle + step).min(BASES.1.ln()));
    }
    best
}

/// The law of this base with its best numbers, and its score.
fn fit_base(law: Law, base: f64, points: &[(f64, f64)]) -> Option<(Growth, f64)> {
    let count = points.len() as f64;
    // With the weight 1/time a millisecond too much counts as much at a second as a microsecond at
    // a millisecond.
    let (mut s, mut sx, mut sxx, mut sy, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (n, time) in points {
        let (x, weight) = (law.at(*n, base), 1.0 / (time * time));
        s += weight;
        sx += weight * x;
        sxx += weight * x * x;
        sy += weight * time;
        sxy += weight * x * time;
    }
    let determinant = s * sxx - sx * sx;
    let (offset, slope) = if law == Law::Constant {
        (sy / s, 0.0)
    } else {
        ((sy * sxx - sx * sxy) / determinant, (s * sxy - sx * sy) / determinant)
    };
    if !(offset.is_finite() && slope.is_finite()) || slope < 0.0 {
        return None;
    }
    let mut growth = Growth { law, offset, slope, base, error: 0.0, confidence: 0.0 };
    let errors = points.iter().map(|(n, time)| (growth.at(*n) / time - 1.0).powi(2));
    // No clock measures better than a part in a hundred thousand.
    let error = (errors.sum::<f64>() / count).max(1e-10);
    growth.error = error.sqrt();
    let numbers = match law {
        Law::Constant => 2.0,
        Law::Exponential => 4.0,
        _ => 3.0,
    };
    let few = 2.0 * numbers * (numbers + 1.0) / (count - numbers - 1.0).max(1.0);
    Some((growth, count * error.ln() + 2.0 * numbers + few))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_law_is_found_in_its_own_times() {
        for law in Law::ALL {
            let points: Vec<_> = (1..=16_i32)
                .map(|n| {
                    let n = f64::from(n);
                    let noise = 1.0 + f64::from((n as i32) * 37 % 7 - 3) / 1000.0;
                    (n, (50.0 + 3.0 * law.at(n, 2.0)) * noise)
                })
                .collect();
            let found = fit(&points).unwrap();
            assert_eq!(found.law, law, "{found:?}");
            assert!(found.confidence > 0.5, "{found:?}");
            assert!(found.error < 0.01, "{found:?}");
        }
    }

    #[test]
    fn the_base_of_an_exponential_law_is_found() {
        let golden = f64::midpoint(1.0, 5_f64.sqrt());
        for base in [1.2, golden, 2.0, 4.0] {
            let points: Vec<_> =
                (2..=20).map(|n| (f64::from(n), 9.0 + base.powi(n) / 3.0)).collect();
            let found = fit(&points).unwrap();
            assert_eq!(found.law, Law::Exponential, "{found:?}");
            assert!((found.base / base - 1.0).abs() < 0.001, "{base}: {found:?}");
            assert!((found.at(10.0) / points[8].1 - 1.0).abs() < 0.01, "{base}: {found:?}");
        }
    }

    #[test]
    fn times_that_no_law_describes_say_so_by_their_error() {
        let points: Vec<_> =
            (1..=12).map(|n| (f64::from(n), if n % 2 == 0 { 100.0 } else { 1.0 })).collect();
        assert!(fit(&points).unwrap().error > 0.5);
    }

    #[test]
    fn too_few_points_have_no_law() {
        assert_eq!(fit(&[(1.0, 1.0); 4]), None);
        assert_eq!(fit(&[(1.0, 0.0); 9]), None);
        assert_eq!(fit(&[(3.0, 2.0); 9]).unwrap().law, Law::Constant);
    }
}
