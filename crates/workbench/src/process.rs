//! Starts, asks, watches and ends child processes.

mod child;
mod last_words;
mod pipe;
mod runner;
mod starter;

pub(crate) use child::{Failure, Listen, Process};
pub(crate) use runner::{
    GuestAnswer, Output, Runner, RunnerError, crashed, instead_of, no_instance,
};
