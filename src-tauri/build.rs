//! The page is embedded from `ui/dist`. A build of the crates alone must work before the page was
//! ever built, and must notice when it is built anew.

const COMMANDS: &[&str] = &["rpc", "subscribe", "show_menus", "write_file", "open_external"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Asked when it runs: this program may have been compiled for another clone that shares the
    // target folder.
    let page = format!("{}/../ui/dist", std::env::var("CARGO_MANIFEST_DIR")?);
    std::fs::create_dir_all(&page)?;
    println!("cargo:rerun-if-changed={page}");
    println!("cargo:rerun-if-changed=../icons");
    // Named here, a command is refused to every window that no capability gives it to.
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))?;
    Ok(())
}
