//! Starts, asks, watches and ends the runner of a tab.

mod runner;

pub(crate) use runner::{GuestAnswer, Lost, Output, Runner, crashed, instead_of, no_instance};
