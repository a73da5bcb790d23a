//! Memory is read at any time, also while the guest writes it.

use watshop_protocol::page::{Engine, ErrorCode};

use crate::process::{Runner, call, compilers, size};

const MODULE: &str = r#"
(module
  (memory $m (export "mem") 2) (memory (export "second") 1)
  (data (i32.const 65530) "across pages") (data (memory 1) (i32.const 0) "two")
  (global (export "g") i32 (i32.const 0))
  ;; Counts in two places that are a page apart, the first one first.
  (func (export "count") (loop
    (i64.store (i32.const 0) (i64.add (i64.load (i32.const 0)) (i64.const 1)))
    (i64.store (i32.const 65536) (i64.load (i32.const 0))) (br 0)))
  (func (export "grow") (loop (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 77))
    (br_if 0 (i32.lt_u (memory.size) (i32.const 3000)))) (loop (br 0))))
"#;

#[test]
fn bytes_are_read_by_name_and_offset_and_nothing_past_the_end() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        assert_eq!(runner.read("mem", 65530, 12).unwrap(), (b"across pages".to_vec(), 2));
        assert_eq!(runner.read("second", 0, 4).unwrap(), (b"two\0".to_vec(), 1));
        assert_eq!(runner.read("mem", 131_072, 0).unwrap().0, b"");
        assert_eq!(runner.read("mem", 0, 131_072).unwrap().0.len(), 131_072);
        for (offset, length) in [(131_072, 1), (131_071, 2), (u64::MAX, 1), (1 << 40, 16)] {
            assert_eq!(runner.read("mem", offset, length).unwrap_err().code, ErrorCode::OutOfBounds);
        }
        assert_eq!(runner.read("mem", 0, u32::MAX).unwrap_err().code, ErrorCode::BadRequest);
        for name in ["g", "count", "nothing"] {
            assert_eq!(runner.read(name, 0, 1).unwrap_err().code, ErrorCode::UnknownExport);
        }
    }
}

#[test]
fn memory_that_a_running_guest_writes_is_seen_to_change() {
    for by in compilers() {
        let mut runner = Runner::made_by(by, MODULE, Engine::Jit);
        let id = runner.post(call("count", &[], 0));
        let mut last = 0;
        for _ in 0..50 {
            let word = loop {
                let (bytes, _) = runner.read("mem", 0, 8).unwrap();
                let word = u64::from_le_bytes(bytes.try_into().unwrap());
                if word > last {
                    break word;
                }
            };
            last = word;
        }
        runner.stop();
        let _ = runner.wait(id);
        let (bytes, _) = runner.read("mem", 0, 8).unwrap();
        assert!(u64::from_le_bytes(bytes.try_into().unwrap()) >= last);
    }
}

#[test]
fn memory_that_grows_meanwhile_is_read_up_to_its_new_end() {
    for engine in Engine::ALL {
        let mut runner = Runner::with(MODULE, engine);
        let id = runner.post(call("grow", &[], 0));
        let mut pages = 2;
        while pages < 3000 {
            pages = size(&runner.exports().unwrap(), "mem");
            let (bytes, now) = runner.read("mem", pages * 65_536 - 16, 16).unwrap();
            assert_eq!(bytes.len(), 16);
            assert!(now >= pages);
        }
        // The guest writes the last byte after it has grown.
        while runner.read("mem", 3000 * 65_536 - 1, 1).unwrap().0 != [77] {}
        runner.stop();
        let _ = runner.wait(id);
        assert_eq!(runner.read("mem", 3000 * 65_536 - 1, 1).unwrap().0, [77]);
    }
}
