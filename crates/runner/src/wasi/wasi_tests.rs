use wasmer::sys::EngineBuilder;
use wasmer_types::ModuleInfo;

use super::import::Import;
use super::*;
use crate::ending::HostStopped;

/// A program without folders and without input.
fn program(stop: &Arc<Stop>, outbox: &Arc<Outbox>) -> Program {
    let given = Given::new(None, Vec::new(), Streams::NoInput);
    let settings = WasiSettings::default();
    Program::new(&ModuleInfo::default(), (&settings, &given), stop, outbox, &Arc::default())
        .unwrap()
}

#[test]
fn a_function_that_ends_after_stop_does_not_return_to_the_guest() {
    let outbox = Arc::new(Outbox::default());
    let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
    let import = Import {
        known: capture::Known::find("sched_yield").unwrap(),
        generation: Generation::Preview1,
        program: Rc::new(RefCell::new(program(&stop, &outbox))),
        stop: Arc::clone(&stop),
    };
    let call = || import.program.borrow_mut().call(&import, &[], |_| Ok(()));
    let _job = stop.begin(stop.submit()).unwrap();
    call().unwrap();
    stop.stop();
    assert!(call().unwrap_err().downcast_ref::<HostStopped>().is_some());
}

#[test]
fn every_function_that_is_promised_is_there_with_its_type_and_no_other() {
    let outbox = Arc::new(Outbox::default());
    let stop = Arc::new(Stop::new(Arc::clone(&outbox)));
    let mut store = Store::new(wasmer::Engine::from(EngineBuilder::headless()));
    let of = Wasi { program: Rc::new(RefCell::new(program(&stop, &outbox))), stop };
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
