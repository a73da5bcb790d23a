//! The command line.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The minutes of an attack if none are given, as in `npm test`.
const MINUTES: f64 = 1.25;

/// How long to attack, and with which numbers.
pub struct SoakArguments {
    /// The time of the whole attack.
    pub time: Duration,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The number of the first step.
    pub first: u64,
}

/// Reads the command line. The seed may also come from `WATSHOP_SEED`.
///
/// # Errors
///
/// A sentence that says why it is wrong.
pub fn read(mut words: impl Iterator<Item = String>) -> Result<SoakArguments, String> {
    let seed = std::env::var("WATSHOP_SEED").ok();
    let mut seed = seed.map_or_else(|| Ok(random()), |text| number("WATSHOP_SEED", Some(text)))?;
    let (mut minutes, mut first) = (MINUTES, 0);
    while let Some(word) = words.next() {
        match word.as_str() {
            // Cargo adds it to the line of every benchmark target.
            "--bench" => {}
            "--seed" => seed = number(&word, words.next())?,
            "--first" => first = number(&word, words.next())?,
            _ => minutes = number("the time in minutes", Some(word))?,
        }
    }
    let time = Duration::try_from_secs_f64(minutes * 60.0).map_err(|why| why.to_string())?;
    Ok(SoakArguments { time, seed, first })
}

fn number<T: std::str::FromStr>(name: &str, text: Option<String>) -> Result<T, String> {
    let text = text.ok_or_else(|| format!("{name} wants a number"))?;
    text.parse().map_err(|_| format!("{name} wants a number, not `{text}`"))
}

/// A seed that is another one at each start, and short enough to be typed.
fn random() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(now.subsec_nanos()) % 1_000_000
}
