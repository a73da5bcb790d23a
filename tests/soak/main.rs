//! The soak: random attacks on all processes at once, for some minutes. It kills, freezes and types
//! while Watshop works, and gives it damaged files, frames and states.
//!
//! `npm run soak -- 30` attacks for 30 minutes. The seed is printed at the start and with each
//! failure. With `--seed N` the same attack runs again, and with `--first N` it begins at a step.

#![allow(clippy::unwrap_used, reason = "an attack's way to fail is to panic")]
#![allow(clippy::print_stdout, reason = "it is a program for a terminal")]

mod arguments;
mod attacks;
mod modules;
mod processes;
mod promises;
mod window;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use watshop_tests::random::Random;

use arguments::SoakArguments;
use promises::Watchdog;
use world::World;

fn main() -> ExitCode {
    let SoakArguments { time, seed, first } = match arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(why) => {
            eprintln!("soak: {why}\n\nUsage: npm run soak -- [MINUTES] [--seed N] [--first N]");
            return ExitCode::from(2);
        }
    };
    let minutes = time.as_secs_f64() / 60.0;
    println!("soak: {minutes} minutes, seed {seed}");
    let (began, watchdog) = (Instant::now(), Watchdog::start(seed));
    let mut world = World::new();
    let mut step = first;
    while began.elapsed() < time {
        // Each step has random numbers of its own, so that times change none of them.
        let mut random = Random::new(seed.wrapping_add(step.wrapping_mul(0x9e37_79b9)));
        let attack = attacks::choose(&mut random);
        watchdog.step(step, attack.name);
        let attacked = catch_unwind(AssertUnwindSafe(|| {
            (attack.run)(&mut world, &mut random);
            world.check(&mut random);
        }));
        if attacked.is_err() {
            let folder = world.keep();
            println!("soak: step {step} ({}) of seed {seed} broke a promise", attack.name);
            println!("soak: its folder is {}", folder.display());
            println!("soak: npm run soak -- {minutes} --seed {seed} --first {step}");
            return ExitCode::FAILURE;
        }
        step += 1;
    }
    watchdog.step(step, "the end");
    world.end();
    println!("soak: {} steps of seed {seed} broke no promise", step - first);
    println!("{}", world.figures);
    ExitCode::SUCCESS
}
