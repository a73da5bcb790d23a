//! Makes the folder of the page, which is embedded from `ui/dist`. A build of the crates alone must
//! work before the page was ever built, and must notice a new one.

fn main() -> std::io::Result<()> {
    // The variable is read at run time, because this program may have been compiled for another
    // clone that shares the target folder.
    let crate_folder = std::env::var("CARGO_MANIFEST_DIR").map_err(std::io::Error::other)?;
    let page = format!("{crate_folder}/../../ui/dist");
    std::fs::create_dir_all(&page)?;
    println!("cargo:rerun-if-changed={page}");
    Ok(())
}
