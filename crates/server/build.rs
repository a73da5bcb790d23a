//! The page is embedded from `ui/dist`. A build of the crates alone must work before the page was ever
//! built, and must notice when it is built anew.

fn main() -> std::io::Result<()> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/dist");
    std::fs::create_dir_all(page)?;
    println!("cargo:rerun-if-changed={page}");
    Ok(())
}
