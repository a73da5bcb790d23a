//! Courses of lessons: their files, their rules, and their checks.
//!
//! A course is a folder of lessons ([`Course::read`]); `examples/README.md` describes its form.
//! [`lint()`] proves the rules that need no run, and [`check()`] runs an attempt at a lesson by the
//! requests of a page, so that a terminal and a page check in the same way.

mod check;
mod course;
mod document;
mod escape;
mod expectation;
mod files;
mod header;
mod inputs;
mod instructions;
mod links;
mod lint;
mod number;
mod prove;
mod rule;
mod setting;
mod shown;
mod trap;

pub use check::{Attempt, check};
pub use course::{Course, CourseFiles, CourseProblem, Lesson};
pub use document::document;
pub use files::{read_folder, read_path, read_zip};
pub use lint::lint;
pub use prove::{CourseProof, LessonProof, ProofScope, prove};
