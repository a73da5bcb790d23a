//! `watshop lessons check`: proves every lesson of a course with every compiler and engine.

use std::process::ExitCode;

use watshop_lessons::{CourseProof, ProofScope, prove};
use watshop_workbench::{Config, StateKind, Workbench};

use crate::answer;
use crate::arguments::LessonsCheckArguments;

/// Proves a course, and prints each fault.
pub(super) async fn check(wanted: LessonsCheckArguments) -> anyhow::Result<ExitCode> {
    let (course, problems) = super::read(&wanted.folder)?;
    let config = Config { state: StateKind::InMemory, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let scope = ProofScope { lesson: wanted.lesson, compilers: wanted.compilers };
    let proof = prove(&workbench, &course, problems, &scope).await;
    workbench.shutdown().await;
    let proof = proof?;
    if wanted.json {
        answer::print_json(&proof)?;
    } else {
        answer::print(&describe(&proof))?;
    }
    Ok(if proof.fault_count() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn describe(proof: &CourseProof) -> String {
    let mut text = String::new();
    for fault in &proof.faults {
        text += &format!("{fault}\n");
    }
    for lesson in &proof.lessons {
        for fault in &lesson.faults {
            text += &format!("{}: {fault}\n", lesson.id);
        }
    }
    let passed: usize = proof.lessons.iter().map(|lesson| lesson.passed).sum();
    let minutes: u32 = proof.lessons.iter().map(|lesson| lesson.minutes).sum();
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    text += &format!(
        "{}: {}, {minutes} minutes, {} passed, {}.\n",
        proof.title,
        counted(proof.lessons.len(), "lesson"),
        counted(passed, "check"),
        counted(proof.fault_count(), "fault"),
    );
    for compiler in &proof.skipped {
        text +=
            &format!("{} is not installed, so nothing was checked with it.\n", compiler.as_str());
    }
    text
}
