//! The same calls by every compiler and engine, in every way in which a module can be called. Wrong
//! values hide between calling conventions.
//!
//! Signatures and arguments are random, and the expected results are computed here. `WATSHOP_SEED`
//! repeats a run, and `WATSHOP_ROUNDS` makes it longer.

#![allow(clippy::unwrap_used, reason = "a test's way to fail is to panic")]
#![allow(clippy::print_stdout, reason = "the seed, and what is not tested here, is said by name")]

mod modules;
mod settings;
mod signature;

use modules::{Way, consumer, library};
use settings::Setting;
use signature::Signature;
use watshop_tests::random::Random;

/// The signatures of one round.
const SIGNATURES: usize = 24;

#[test]
fn every_way_to_call_gives_the_same_values_with_every_compiler_and_engine() {
    let number =
        |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let (seed, rounds) = (number("WATSHOP_SEED", 20_261_128), number("WATSHOP_ROUNDS", 2));
    println!("WATSHOP_SEED={seed} WATSHOP_ROUNDS={rounds}");
    let mut settings = settings::all();
    for round in 0..rounds {
        let mut random = Random::new(seed + round);
        let signatures: Vec<_> = (0..SIGNATURES).map(|_| Signature::new(&mut random)).collect();
        for setting in &mut settings {
            check(setting, &signatures, &mut random.clone());
        }
    }
}

/// Makes both modules, links them, and calls each signature in each way.
fn check(setting: &mut Setting, signatures: &[Signature], random: &mut Random) {
    let name = setting.name.clone();
    let signatures: Vec<_> =
        signatures.iter().map(|it| it.without_vectors_if(!setting.has_vectors())).collect();
    let Some(mut runner) = setting.link(&library(&signatures), &consumer(&signatures), &signatures)
    else {
        println!("{name}: refused");
        return;
    };
    for (number, signature) in signatures.iter().enumerate() {
        for way in Way::ALL {
            let arguments = signature.arguments(random);
            let texts: Vec<_> = arguments.iter().map(|argument| argument.text()).collect();
            let called = runner.call(&way.export(number), &texts);
            let what = format!("{name}: {way:?} of {signature} with {texts:?}");
            let (values, output) = called.unwrap_or_else(|error| panic!("{what}: {error:?}"));
            match way.is_host() {
                true => {
                    assert_eq!(
                        output,
                        signature.printed(&arguments),
                        "{what}: what the host was given"
                    );
                    assert_eq!(values, signature.constant(), "{what}: what the host gave");
                }
                false => assert_eq!(values, signature.result(&arguments), "{what}"),
            }
        }
    }
}
