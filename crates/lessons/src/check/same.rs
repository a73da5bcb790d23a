//! The same random inputs for an attempt and for the lesson's solution.

use fastrand::Rng;
use watshop_protocol::page::{LessonInput, Outcome, Result};
use watshop_protocol::registry::WorkbenchApi;

use super::tab::CheckTab;
use super::{Attempt, Verdict, compared, shown};
use crate::expectation::LessonCall;
use crate::inputs::{MemoryInput, Pattern, size};

/// The seed of all inputs: a check that fails fails again.
const SEED: u64 = 7;
/// The bytes of memory that are compared after each call.
const COMPARED: u32 = 64 << 10;

/// An input for which the attempt and the solution differ.
struct Difference {
    input: LessonInput,
    got: String,
    wanted: String,
}

/// Calls the function in both with random inputs. The verdict has the smallest input that differs.
pub(super) async fn compare<W: WorkbenchApi>(
    tab: &CheckTab<'_, W>,
    attempt: &Attempt<'_>,
    (times, function, patterns, memory): (u32, &str, &[Pattern], Option<MemoryInput>),
) -> Result<Verdict> {
    let lesson = attempt.lesson;
    let solved = Attempt {
        text: lesson.solved_text(),
        settings: lesson.solved_settings(),
        ..attempt.clone()
    };
    let other = CheckTab::begin(tab.workbench, &solved).await?;
    let compared_all = async {
        other.run().await?;
        let Some(types) = other.parameters(function).await? else {
            return Ok(Some(Difference {
                input: LessonInput { export: function.into(), arguments: Vec::new() },
                got: "nothing".into(),
                wanted: "a solution with this function".into(),
            }));
        };
        let mut random = Rng::with_seed(SEED);
        let mut smallest: Option<Difference> = None;
        for turn in 0..times as usize {
            let draw = |(pattern, kind): (&Pattern, _)| pattern.draw(kind, turn, &mut random);
            let arguments: Vec<_> = patterns.iter().zip(types.iter().copied()).map(draw).collect();
            let bytes = memory.map(|input| (input.at, input.draw(turn, &mut random)));
            let call = LessonCall { function: function.into(), arguments };
            let wanted = once(&other, &call, bytes.clone()).await?;
            let got = once(tab, &call, bytes).await?;
            if got == wanted {
                continue;
            }
            let ended = got.0.starts_with("error");
            let LessonCall { function, arguments } = call;
            let is_smaller = smallest
                .as_ref()
                .is_none_or(|found| size(&arguments) < size(&found.input.arguments));
            if is_smaller {
                let (got, wanted) = difference(got, wanted);
                let input = LessonInput { export: function, arguments };
                smallest = Some(Difference { input, got, wanted });
            }
            // A call that never ends would be waited for again and again.
            if ended {
                break;
            }
        }
        Ok(smallest)
    };
    let found = compared_all.await;
    other.end().await;
    Ok(match found? {
        Some(Difference { input, got, wanted }) => {
            Verdict { input: Some(input), ..compared(got, wanted) }
        }
        None => compared(String::new(), String::new()),
    })
}

/// One call: its end as a text, and the memory after it.
async fn once<W: WorkbenchApi>(
    tab: &CheckTab<'_, W>,
    call: &LessonCall,
    bytes: Option<(u64, Vec<u8>)>,
) -> Result<(String, Option<Vec<u8>>)> {
    let compares_memory = bytes.is_some();
    if let Some((at, bytes)) = bytes
        && let Err(error) = tab.write(at, bytes).await
    {
        return Ok((shown(&Outcome::Failed { error }), None));
    }
    let outcome = tab.call(call).await?;
    let memory = match compares_memory {
        true => tab.memory(0, COMPARED).await?,
        false => None,
    };
    Ok((shown(&outcome), memory))
}

/// The two ends, or the first byte of memory that differs if the ends are the same.
fn difference(
    got: (String, Option<Vec<u8>>),
    wanted: (String, Option<Vec<u8>>),
) -> (String, String) {
    if got.0 != wanted.0 {
        return (got.0, wanted.0);
    }
    let (here, there) = (got.1.unwrap_or_default(), wanted.1.unwrap_or_default());
    let at = here.iter().zip(&there).position(|(a, b)| a != b).unwrap_or(here.len());
    let byte = |bytes: &[u8]| match bytes.get(at) {
        Some(byte) => format!("{byte:02x} at address {at}"),
        None => format!("no byte at address {at}"),
    };
    (byte(&here), byte(&there))
}
