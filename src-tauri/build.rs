//! Makes the folder of the page, which is embedded from `ui/dist`. A build of the crates alone must
//! work before the page was ever built, and must notice a new one.

const COMMANDS: &[&str] = &["rpc", "subscribe", "show_menus", "write_file", "open_external"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The variable is read at run time, because this program may have been compiled for another
    // clone that shares the target folder.
    let page = format!("{}/../ui/dist", std::env::var("CARGO_MANIFEST_DIR")?);
    std::fs::create_dir_all(&page)?;
    println!("cargo:rerun-if-changed={page}");
    println!("cargo:rerun-if-changed=../icons");
    // A command that is named here is refused to every window without a capability for it.
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))?;
    Ok(())
}
