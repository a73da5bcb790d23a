//! Starts, asks, watches and ends the runner of a tab.

mod failure;
mod patience;
mod runner;

pub(crate) use failure::{crashed, instead_of, no_instance};
pub(crate) use runner::{GuestAnswer, Output, Runner, RunnerError, RunnerKind};
