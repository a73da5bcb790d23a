//! Compilers that are installed while the workbench is open.

use std::fs;
use std::os::unix::fs::symlink;

use watshop_protocol::page::{Compiler, Event};
use watshop_protocol::registry::Hello;

use crate::fixture::{ADD_ONE, Fixture};

#[tokio::test]
async fn a_compiler_that_is_installed_while_at_work_is_told_of_and_works() {
    let mut fixture = Fixture::with(|config| {
        let folder = config.programs.parent().unwrap().join("later");
        fs::create_dir(&folder).unwrap();
        for name in ["watshop-compiler-cranelift", "watshop-compiler-llvm"] {
            fs::rename(config.programs.join(name), folder.join(name)).unwrap();
        }
    });
    // Until then a new tab gets the one that is there.
    let tab = fixture.tab(ADD_ONE).await;
    assert_eq!(fixture.view(tab).await.settings.compiler, Compiler::Singlepass);
    fixture.run_well(tab).await;

    let program = fixture.program("watshop-compiler-cranelift");
    let later = fixture.folder.path().join("later/watshop-compiler-cranelift");
    symlink(fs::read_link(later).unwrap(), program).unwrap();
    let missing = fixture
        .event("the compilers", |event| match event {
            Event::Compilers { compilers } => Some(
                compilers
                    .iter()
                    .filter(|state| state.missing.is_some())
                    .map(|state| state.compiler)
                    .collect::<Vec<_>>(),
            ),
            _ => None,
        })
        .await;
    assert_eq!(missing, [Compiler::Llvm]);
    let welcome = fixture.ask(Hello {}).await.unwrap();
    assert!(welcome.compilers.iter().any(|state| state.missing.is_some()));

    let tab = fixture.tab(ADD_ONE).await;
    assert_eq!(fixture.view(tab).await.settings.compiler, Compiler::Cranelift);
    fixture.run_well(tab).await;
}
