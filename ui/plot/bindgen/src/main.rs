//! Writes the JavaScript side of the graph and its wasm: `watshop-plot-bindgen IN.wasm OUT_FOLDER`.
//!
//! It does the work of the program `wasm-bindgen --target web`, as a library. The lock file keeps
//! its version equal to that of the crate in the graph, while a program installed on the machine
//! could have any version.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

/// The module that hands out frames in the page, as the JavaScript in `ui/plot/pkg` finds it.
const FRAMES: &str = "../../src/graph/frames.ts";

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
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
        .with_context(|| format!("cannot make bindings for {}", input.display()))?;
    ask_for_frames(&folder.join("watshop_plot.js"))
}

/// Lets eframe ask the page for frames. eframe asks for the next frame in every frame, as long as
/// it exists, and cannot be told to wait. The page lets it wait while nothing happens.
fn ask_for_frames(file: &Path) -> anyhow::Result<()> {
    let mut script = std::fs::read_to_string(file)?;
    for (of_window, of_page) in [
        ("arg0.requestAnimationFrame(arg1)", "frames.request(arg1)"),
        ("arg0.cancelAnimationFrame(arg1)", "frames.cancel(arg1)"),
    ] {
        ensure!(
            script.matches(of_window).count() == 1,
            "{} has not one {of_window}",
            file.display()
        );
        script = script.replace(of_window, of_page);
    }
    std::fs::write(file, format!("import {{ frames }} from '{FRAMES}';\n{script}"))?;
    Ok(())
}
