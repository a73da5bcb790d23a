//! The list of attacks.

mod children;
mod ending;
mod files;
mod frames;
mod growth;
mod requests;
mod running;
mod state;
mod terminal;
mod typing;

use std::time::Duration;

use watshop_tests::random::Random;

use crate::world::World;

/// One kind of attack.
#[derive(Clone, Copy)]
pub struct Attack {
    pub name: &'static str,
    /// Carries it out, and checks the promises about it.
    pub run: fn(&mut World, &mut Random),
    /// How often it is chosen, beside the others.
    weight: usize,
}

/// All attacks. The last two take seconds, so they are rare.
const ATTACKS: [Attack; 22] = [
    attack("typing", 8, typing::types),
    attack("opening, closing and ordering tabs", 4, typing::moves_tabs),
    attack("settings, sound and damaged", 4, typing::configures),
    attack("a run and calls", 8, running::runs_and_calls),
    attack("many requests at once and Stop", 4, running::crowds),
    attack("a child killed in a run", 8, children::killed_in_a_run),
    attack("a compiler killed while it seals", 4, children::killed_while_sealing),
    attack("a runner killed in a call", 4, children::killed_in_a_call),
    attack("a frozen runner", 1, children::frozen),
    attack("the workbench killed while typing", 6, ending::killed_while_typing),
    attack("the workbench killed in a run", 6, ending::killed_in_a_run),
    attack("the workbench ended politely", 3, ending::ended_politely),
    attack("damaged requests", 8, requests::damaged),
    attack("damaged frames to children", 6, frames::damaged),
    attack("damaged files in tabs", 8, files::opens),
    attack("damaged import files", 6, files::imports),
    attack("damaged cache", 4, files::cache),
    attack("damaged files in the terminal", 8, terminal::runs),
    attack("a damaged state", 6, state::damaged),
    attack("the data folder removed at work", 1, state::removed),
    attack("the same work again and again", 1, growth::repeats),
    attack("a window that sleeps", 1, growth::sleeps),
];

const fn attack(name: &'static str, weight: usize, run: fn(&mut World, &mut Random)) -> Attack {
    Attack { name, run, weight }
}

/// Chooses the attack of a step.
pub fn choose(random: &mut Random) -> Attack {
    let mut place = random.below(ATTACKS.iter().map(|attack| attack.weight).sum());
    let is_it = |attack: &&Attack| match place.checked_sub(attack.weight) {
        Some(rest) => {
            place = rest;
            false
        }
        None => true,
    };
    *ATTACKS.iter().find(is_it).unwrap()
}

/// Waits for a random part of this time, so that what follows comes at any moment.
fn wait(random: &mut Random, most: Duration) {
    let micros = random.below(1 + usize::try_from(most.as_micros()).unwrap());
    std::thread::sleep(Duration::from_micros(micros as u64));
}
