//! Starts, asks, watches and ends the runner of a tab.

mod runner;

pub(crate) use runner::{
    GuestAnswer, Output, Runner, RunnerError, crashed, instead_of, no_instance,
};
