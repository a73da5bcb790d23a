use wasmer::sys::EngineBuilder;
use wasmer_types::ModuleInfo;

use super::*;

#[test]
fn every_function_that_is_promised_is_there_with_its_type_and_no_other() {
    let outbox = Arc::new(Outbox::default());
    let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
    let mut store = Store::new(wasmer::Engine::from(EngineBuilder::headless()));
    let (info, settings) = (ModuleInfo::default(), WasiSettings::default());
    let program = Program::new(
        &info,
        (&settings, &Given::new(None, Vec::new(), Streams::NoInput)),
        &stop,
        &outbox,
        &Arc::default(),
    )
    .unwrap();
    let of = Wasi { program: Rc::new(RefCell::new(program)), stop: Arc::clone(&stop) };
    for namespace in [wasi::SNAPSHOT0, wasi::PREVIEW1] {
        for (name, kind) in wasi::functions(namespace) {
            let made = of.function(&mut store, namespace, name).expect(name);
            assert_eq!(types::extern_type(&made.ty(&store)), kind, "{namespace}.{name}");
        }
        assert!(of.function(&mut store, namespace, "fd_wirte").is_none());
    }
    assert!(of.function(&mut store, wasi::SNAPSHOT0, "sock_accept").is_none());
    assert!(of.function(&mut store, "env", "fd_write").is_none());
}

#[test]
fn the_protocol_names_the_error_numbers_that_wasi_has() {
    let names: Vec<_> = (0..)
        .map_while(|number| watshop_wasi::Errno(number).meaning())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, wasi::ERRNOS);
}
