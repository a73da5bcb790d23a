//! Conversions from times to heights in the plot and back.

/// The shortest time that a logarithmic axis can show, in milliseconds: 1 ns, the resolution of the
/// figures.
pub const SHORTEST: f64 = 1e-6;

/// The scale of the vertical axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// The height is the time in milliseconds.
    #[default]
    Linear,
    /// The height is the decimal logarithm of the time in milliseconds.
    Log,
}

impl Scale {
    /// Returns the height of a time (milliseconds). On a logarithmic axis zero is as high as
    /// [`SHORTEST`].
    pub fn height(self, time: f64) -> f64 {
        match self {
            Self::Linear => time,
            Self::Log => time.max(SHORTEST).log10(),
        }
    }

    /// Returns the time (milliseconds) at a height.
    pub fn time(self, height: f64) -> f64 {
        match self {
            Self::Linear => height,
            Self::Log => 10_f64.powf(height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_and_times_are_inverse() {
        for scale in [Scale::Linear, Scale::Log] {
            for time in [SHORTEST, 0.25, 1.0, 14_500.0] {
                let back = scale.time(scale.height(time));
                assert!((back - time).abs() <= time * 1e-12, "{scale:?} {time} {back}");
            }
        }
    }

    #[test]
    fn no_time_at_all_has_a_height_on_a_logarithmic_axis() {
        assert_eq!(Scale::Log.height(0.0), -6.0);
    }
}
