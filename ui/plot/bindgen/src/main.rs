//! Writes the JavaScript side of the graph and the wasm that goes with it: `watshop-plot-bindgen IN.wasm OUT_FOLDER`.
//!
//! This is what the program `wasm-bindgen --target web` does, as a library whose version the lock file keeps equal
//! to that of the crate compiled into the graph; a program installed on the machine would be of any version.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        bail!("usage: watshop-plot-bindgen IN.wasm OUT_FOLDER");
    };
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&input)
        .out_name("watshop_plot")
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .with_context(|| format!("cannot make bindings for {}", input.display()))
}
