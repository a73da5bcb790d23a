//! The same random inputs for an attempt and for the lesson's solution.

mod turn;

use fastrand::Rng;
use watshop_protocol::page::Result;
use watshop_protocol::registry::WorkbenchApi;
use watshop_protocol::say;

use super::tab::CheckTab;
use super::{Attempt, Verdict, compared};
use crate::expectation::LessonCall;
use crate::inputs::{MemoryInput, Pattern, size};
use turn::{Difference, Ended, Turn, alone, once};

/// The seed of all inputs: a check that fails fails again.
const SEED: u64 = 7;

/// Calls the function in both with random inputs. The verdict has the smallest input that differs.
pub(super) async fn compare<W: WorkbenchApi>(
    tab: &CheckTab<'_, W>,
    attempt: &Attempt<'_>,
    random: (u32, &str, &[Pattern], Option<MemoryInput>),
) -> Result<Verdict> {
    let lesson = attempt.lesson;
    let solved = Attempt {
        text: lesson.solved_text(),
        settings: lesson.solved_settings(),
        ..attempt.clone()
    };
    let other = CheckTab::begin(tab.workbench, &solved).await?;
    let found = search(tab, &other, random).await;
    other.end().await;
    let Some(Found { first, smallest }) = found? else {
        return Ok(compared(say!(""), say!("")));
    };
    // The smallest input shows the mistake only if it does so in an instance of its own.
    let shown = match alone(tab.workbench, [attempt, &solved], &smallest.turn).await? {
        Some(difference) => difference,
        None => first,
    };
    Ok(shown.verdict())
}

/// The first difference, and the one of the smallest arguments.
struct Found {
    first: Difference,
    smallest: Difference,
}

async fn search<W: WorkbenchApi>(
    tab: &CheckTab<'_, W>,
    other: &CheckTab<'_, W>,
    (times, function, patterns, memory): (u32, &str, &[Pattern], Option<MemoryInput>),
) -> Result<Option<Found>> {
    other.run().await?;
    let call = |arguments| LessonCall { function: function.into(), arguments };
    let Some(types) = other.parameters(function).await? else {
        let missing = || Difference {
            turn: Turn { call: call(Vec::new()), memory: None, before: 0 },
            got: Ended::plain(say!("nothing")),
            wanted: Ended::plain(say!("a solution with this function")),
        };
        return Ok(Some(Found { first: missing(), smallest: missing() }));
    };
    let mut random = Rng::with_seed(SEED);
    let mut found: Option<Found> = None;
    for before in 0..times as usize {
        let draw = |(pattern, kind): (&Pattern, _)| pattern.draw(kind, before, &mut random);
        let arguments: Vec<_> = patterns.iter().zip(types.iter().copied()).map(draw).collect();
        let memory = memory.map(|input| (input.at, input.draw(before, &mut random)));
        let turn = Turn { call: call(arguments), memory, before };
        let wanted = once(other, &turn).await?;
        let got = once(tab, &turn).await?;
        if got.is(&wanted) {
            continue;
        }
        // A call that never ends would be waited for again and again.
        let ended = got.text.starts_with("error");
        let difference =
            || Difference { turn: turn.clone(), got: got.clone(), wanted: wanted.clone() };
        match &mut found {
            None => found = Some(Found { first: difference(), smallest: difference() }),
            Some(Found { smallest, .. }) => {
                if size(&turn.call.arguments) < size(&smallest.turn.call.arguments) {
                    *smallest = difference();
                }
            }
        }
        if ended {
            break;
        }
    }
    Ok(found)
}
