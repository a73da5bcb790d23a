#![doc = include_str!("../README.md")]

pub mod extent;
pub mod graph;
pub mod lines;
pub mod picture;
pub mod scale;
pub mod series;
pub mod ticks;
pub mod time;
pub mod view;
#[cfg(target_arch = "wasm32")]
mod web;
