//! Prints `ui/src/protocol.ts`.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(watshop_protocol::typescript::generate().as_bytes())
}
