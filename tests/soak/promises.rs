//! The promises that are checked all the time, and the watchdog of the attack itself.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use watshop_protocol::page::ErrorCode;

/// Words of a panic, or of another program's insides, which no person should read.
const INSIDES: [&str; 9] = [
    "panicked at",
    "RUST_BACKTRACE",
    "assertion `",
    "assertion failed",
    "called `Option",
    "called `Result",
    "/rustc/",
    ".cargo/registry",
    "internal error: entered",
];

/// Checks a text that a person reads.
pub fn check_text(text: &str) {
    for inside in INSIDES {
        assert!(!text.contains(inside), "the text of a panic is shown: {text}");
    }
}

/// Checks each error in a message: it has a known code and a sentence.
pub fn check_errors(message: &Value) {
    match message {
        Value::Object(fields) => {
            if let (Some(Value::String(code)), Some(Value::String(sentence))) =
                (fields.get("code"), fields.get("message"))
            {
                let known = serde_json::from_value::<ErrorCode>(code.as_str().into());
                assert!(known.is_ok(), "the code `{code}` is unknown: {message}");
                assert!(!sentence.is_empty(), "the error has no sentence: {message}");
                check_text(sentence);
                check_text(fields.get("help").and_then(Value::as_str).unwrap_or_default());
            }
            fields.values().for_each(check_errors);
        }
        Value::Array(all) => all.iter().for_each(check_errors),
        _ => {}
    }
}

/// The longest time of one step. Everything within it has a bound that is much shorter.
const STEP: Duration = Duration::from_secs(180);

/// Ends the whole attack if a step hangs.
pub struct Watchdog(Arc<Mutex<(Instant, u64, &'static str)>>);

impl Watchdog {
    /// Begins to watch.
    pub fn start(seed: u64) -> Self {
        let watched = Arc::new(Mutex::new((Instant::now(), 0, "the start")));
        let steps = Arc::clone(&watched);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                let (began, step, name) = *steps.lock().unwrap();
                if began.elapsed() > STEP {
                    println!("soak: step {step} ({name}) of seed {seed} does not end");
                    std::process::exit(1);
                }
            }
        });
        Self(watched)
    }

    /// Begins the next step.
    pub fn step(&self, number: u64, name: &'static str) {
        *self.0.lock().unwrap() = (Instant::now(), number, name);
    }
}
