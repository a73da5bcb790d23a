//! `watshop lessons run`: a learner's loop in the terminal. The next task is shown, each save of its
//! file is checked, and `h` gives a hint.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use std::{fs, io, thread};

use anyhow::Context as _;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use watshop_lessons::{Attempt, Course, Lesson, check};
use watshop_protocol::page::{CheckState, LessonKind, LessonReport};
use watshop_workbench::{Config, StateKind, Workbench};

use crate::answer;
use crate::arguments::LessonsRunArguments;
use crate::interrupt::Interrupts;

/// The time between two looks at the file.
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);

/// Shows the first task that does not pass, and checks it again after each save.
pub(super) async fn watch(wanted: &LessonsRunArguments) -> anyhow::Result<ExitCode> {
    let (course, problems) = super::read(&wanted.folder)?;
    for problem in &problems {
        answer::print(&format!("{problem}\n"))?;
    }
    let work = match &wanted.work {
        Some(work) => work.clone(),
        None => beside(&wanted.folder)?,
    };
    let config = Config { state: StateKind::InMemory, ..Config::from_environment()? };
    let workbench = Workbench::open(config)?;
    let mut interrupts = Interrupts::listen()?;
    let ended = tokio::select! {
        done = go(&workbench, &course, (&work, typed()), wanted.once) => done,
        () = interrupts.next() => Ok(false),
    };
    workbench.shutdown().await;
    Ok(if ended? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The lines that the person types. A thread of its own waits for them, until the program ends.
fn typed() -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The folder of a person's own texts: beside the course, because files in it would be lessons.
fn beside(course: &Path) -> anyhow::Result<PathBuf> {
    let about = || format!("`{}` cannot be read", course.display());
    let course = course.canonicalize().with_context(about)?;
    let stem = course.file_stem().unwrap_or_default().to_string_lossy();
    Ok(course.with_file_name(format!("{stem}-work")))
}

/// Goes from task to task. The answer is true if all of them pass.
async fn go(
    workbench: &Workbench,
    course: &Course,
    (work, mut typed): (&Path, UnboundedReceiver<String>),
    once: bool,
) -> anyhow::Result<bool> {
    let tasks: Vec<_> =
        course.lessons.iter().filter(|lesson| lesson.header.kind == LessonKind::Task).collect();
    for (at, lesson) in tasks.iter().enumerate() {
        if lesson.solution.is_none() {
            let title = &lesson.header.title;
            answer::print(&format!("· {title} is solved by settings: take it in the page.\n"))?;
            continue;
        }
        let file = own_file(work, lesson)?;
        let mut seen = None;
        let mut hints = lesson.header.hints.iter();
        loop {
            let (text, time) = saved(&file)?;
            if seen != Some(time) {
                seen = Some(time);
                let settings = lesson.solved_settings();
                let attempted = Attempt { course, lesson, text: &text, settings, answer: None };
                let report = check(workbench, &attempted, |_| {}).await?;
                if report.passed {
                    break;
                }
                answer::print(&describe(lesson, &file, (at, tasks.len()), &report))?;
                if once {
                    return Ok(false);
                }
            }
            while let Ok(line) = typed.try_recv() {
                if line.trim() == "h" {
                    let hint = hints.next().map_or("There is no other hint.", String::as_str);
                    answer::print(&format!("Hint: {hint}\n"))?;
                }
            }
            tokio::time::sleep(LOOK).await;
        }
        answer::print(&format!("✓ {} ({} of {})\n", lesson.header.title, at + 1, tasks.len()))?;
    }
    answer::print("All tasks pass.\n")?;
    Ok(true)
}

/// The learner's own file of a task, made from the lesson's text if it is not there.
fn own_file(work: &Path, lesson: &Lesson) -> anyhow::Result<PathBuf> {
    let file = work.join(format!("{}.wat", lesson.id));
    let about = || format!("`{}` cannot be made", file.display());
    fs::create_dir_all(work).with_context(about)?;
    match fs::File::create_new(&file) {
        Ok(mut new) => {
            io::Write::write_all(&mut new, lesson.text.as_bytes()).with_context(about)?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(about),
    }
    Ok(file)
}

fn saved(file: &Path) -> anyhow::Result<(String, SystemTime)> {
    let about = || format!("`{}` cannot be read", file.display());
    let time = fs::metadata(file).and_then(|facts| facts.modified()).with_context(about)?;
    Ok((fs::read_to_string(file).with_context(about)?, time))
}

fn describe(
    lesson: &Lesson,
    file: &Path,
    (at, count): (usize, usize),
    report: &LessonReport,
) -> String {
    let mut text = format!("\n{} ({} of {count})\n", lesson.header.title, at + 1);
    if let Some(goal) = &lesson.header.goal {
        text += &format!("{goal}\n");
    }
    for check in &report.checks {
        let mark = match check.state {
            CheckState::Passed => "✓",
            CheckState::Failed => "✗",
            CheckState::Skipped => "·",
        };
        text += &format!("  {mark} {}\n", check.text);
        if check.state != CheckState::Failed {
            continue;
        }
        if let Some(input) = &check.input {
            text += &format!("      input:    {} {}\n", input.export, input.arguments.join(" "));
        }
        for (label, value) in [("got:     ", &check.got), ("expected:", &check.wanted)] {
            if let Some(value) = value {
                text += &format!("      {label} {value}\n");
            }
        }
    }
    let hint = match lesson.header.hints[..] {
        [] => "",
        _ => " Type h and Enter for a hint.",
    };
    text + &format!("Change `{}` and save it.{hint} Ctrl-C ends.\n", file.display())
}
