//! `watshop compile`: files of code for this machine and for others, read here byte by byte.

use std::process::Command;

use watshop_artifact::Machine;
use watshop_tests::terminal::{Ended, Terminal};

const FIB: &str = r#"(module
    (func $fib (export "fib") (param $n i32) (result i32)
        (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
            (then (local.get $n))
            (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                           (call $fib (i32.sub (local.get $n) (i32.const 2))))))))"#;

fn workshop() -> Terminal {
    let terminal = Terminal::new();
    terminal.file("fib.wat", FIB);
    terminal
}

fn compile(terminal: &Terminal, words: &str) -> Ended {
    let words: Vec<_> =
        ["compile", "fib.wat"].into_iter().chain(words.split_whitespace()).collect();
    terminal.run(&words)
}

fn made(terminal: &Terminal, words: &str, name: &str) -> Vec<u8> {
    let ended = compile(terminal, &format!("{words} -o {name}"));
    assert_eq!(ended.status, Some(0), "{words}: {ended:?}");
    std::fs::read(terminal.folder().join(name)).unwrap()
}

/// Returns the format and machine of an object file or library, from its first bytes.
fn kind(bytes: &[u8]) -> String {
    let half = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    match bytes {
        [0x7f, b'E', b'L', b'F', ..] => format!("ELF type {} machine {}", half(16), half(18)),
        [0xcf, 0xfa, 0xed, 0xfe, ..] => format!("Mach-O type {} machine {:#x}", word(12), word(4)),
        [b'M', b'Z', ..] => {
            let header = word(0x3c) as usize;
            format!("PE dll {} machine {:#x}", half(header + 22) & 0x2000 != 0, half(header + 4))
        }
        _ => format!("COFF machine {:#x}", half(0)),
    }
}

#[test]
fn a_sealed_artifact_of_this_machine_runs_without_being_compiled_again() {
    let terminal = workshop();
    for engine in ["jit", "native"] {
        made(&terminal, &format!("--engine {engine} --compiler singlepass"), "fib.wshop");
        let ran = terminal.run(&["run", "fib.wshop", "--invoke", "fib", "20", "--json"]);
        assert_eq!(ran.json()["results"][0]["value"], "6765", "{ran:?}");
        assert_eq!(ran.json()["cache"], "sealed");
    }
}

#[test]
fn a_sealed_artifact_for_another_machine_says_for_which_and_is_not_loaded() {
    let terminal = workshop();
    for triple in
        ["aarch64-unknown-linux-gnu", "riscv64gc-unknown-linux-gnu", "x86_64-pc-windows-msvc"]
    {
        let ended = compile(&terminal, &format!("--target {triple} -o fib.wshop --json"));
        assert_eq!(ended.json()["passport"]["triple"], triple, "{ended:?}");
        terminal
            .run(&["run", "fib.wshop", "--invoke", "fib", "20"])
            .fails(1, &[triple, "this machine is"]);
    }
}

#[test]
fn a_cpu_feature_that_is_missing_here_is_named() {
    let terminal = workshop();
    let here = Machine::host();
    let Some(lacking) = watshop_artifact::cpu_features(&here.triple)
        .into_iter()
        .find(|f| !here.cpu_features.contains(f))
    else {
        println!("this CPU has every feature that Wasmer knows: there is none to lack");
        return;
    };
    let made =
        compile(&terminal, &format!("--cpu-feature host --cpu-feature {lacking} -o fib.wshop"));
    assert_eq!(made.status, Some(0), "{made:?}");
    terminal.run(&["run", "fib.wshop", "--invoke", "fib", "20"]).fails(1, &[&lacking]);
}

#[test]
fn object_files_are_of_the_format_and_machine_of_their_target() {
    let terminal = workshop();
    for (triple, compiler, wanted) in [
        ("x86_64-unknown-linux-gnu", "singlepass", "ELF type 1 machine 62"),
        ("aarch64-unknown-linux-gnu", "cranelift", "ELF type 1 machine 183"),
        ("riscv64gc-unknown-linux-gnu", "cranelift", "ELF type 1 machine 243"),
        ("aarch64-apple-darwin", "cranelift", "Mach-O type 1 machine 0x100000c"),
        ("x86_64-apple-darwin", "cranelift", "Mach-O type 1 machine 0x1000007"),
        ("x86_64-pc-windows-msvc", "cranelift", "COFF machine 0x8664"),
    ] {
        let object = made(
            &terminal,
            &format!("--target {triple} --compiler {compiler} --format object"),
            "fib.o",
        );
        assert_eq!(kind(&object), wanted, "{triple}");
    }
}

#[test]
fn the_header_of_an_object_is_c_and_names_symbols_that_the_object_has() {
    let terminal = workshop();
    let object = made(&terminal, "--format object", "fib.o");
    let header = std::fs::read_to_string(terminal.folder().join("fib.h")).unwrap();
    terminal.file(
        "use.c",
        "#include \"fib.h\"\nint32_t go(void *context) { return WASM_FIB(context, 20); }\n",
    );
    let symbol =
        header.split(['(', ' ']).find(|word| word.starts_with("wasmer_function_")).unwrap();
    assert!(
        object.windows(symbol.len()).any(|bytes| bytes == symbol.as_bytes()),
        "{symbol} is not in the object"
    );
    let checked = Command::new("cc")
        .args(["-Wall", "-Werror", "-fsyntax-only", &format!("-DWASM_FIB={symbol}"), "use.c"])
        .current_dir(terminal.folder())
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}\n{header}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn shared_libraries_are_linked_for_systems_that_this_is_not() {
    let terminal = workshop();
    for (triple, compiler, wanted) in [
        ("x86_64-unknown-linux-gnu", "cranelift", "ELF type 3 machine 62"),
        ("x86_64-unknown-linux-gnu", "singlepass", "ELF type 3 machine 62"),
        ("aarch64-unknown-linux-gnu", "cranelift", "ELF type 3 machine 183"),
        ("riscv64gc-unknown-linux-gnu", "cranelift", "ELF type 3 machine 243"),
        ("x86_64-apple-darwin", "cranelift", "Mach-O type 6 machine 0x1000007"),
        ("aarch64-apple-darwin", "cranelift", "Mach-O type 6 machine 0x100000c"),
        ("aarch64-apple-darwin", "singlepass", "Mach-O type 6 machine 0x100000c"),
        ("x86_64-pc-windows-msvc", "cranelift", "PE dll true machine 0x8664"),
    ] {
        let words = format!("--target {triple} --compiler {compiler} --format shared");
        assert_eq!(kind(&made(&terminal, &words, "fib.so")), wanted, "{triple}");
    }
}

#[test]
fn wasmers_own_form_has_no_passport() {
    let terminal = workshop();
    let sealed = made(&terminal, "--format sealed", "fib.wshop");
    let bare = made(&terminal, "--format wasmer", "fib.wasmu");
    assert!(bare.starts_with(b"wasmer-universal"));
    assert!(
        sealed.len() > bare.len()
            && !watshop_artifact::is_sealed(&bare)
            && watshop_artifact::is_artifact(&bare)
    );
}

#[test]
fn names_can_be_left_out() {
    let terminal = workshop();
    let text = |words| String::from_utf8(made(&terminal, words, "out.wat")).unwrap();
    assert!(text("--format wat").contains("$fib"));
    assert!(!text("--format wat --strip").contains("$fib"));
    let named = made(&terminal, "--format wasm", "out.wasm").len();
    assert!(made(&terminal, "--format wasm --strip", "out.wasm").len() < named);
}

/// Half of 3 was 0, and QuickJS trapped: Singlepass of Wasmer 7.5 mixes up operands on a CPU
/// without AVX.
#[test]
#[cfg(target_arch = "x86_64")]
fn singlepass_makes_no_code_for_x86_64_without_avx_whose_floats_would_be_wrong() {
    let terminal = Terminal::new();
    let module = "(module (func (export \"half\") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2))))";
    terminal.file("half.wat", module);
    let compile = |features: &[&str]| {
        let words = [
            "compile",
            "half.wat",
            "--target",
            "x86_64-unknown-linux-gnu",
            "--compiler",
            "singlepass",
        ];
        terminal.run(&[&words, features, &["-o", "half.wshop"]].concat())
    };
    for without in ["baseline", "x86-64-v2", "none"] {
        compile(&["--cpu-feature", without]).fails(1, &["AVX"]);
    }
    let half = || terminal.run(&["run", "half.wshop", "--invoke", "half", "3"]);
    // Without the option, AVX is among the features.
    assert_eq!(compile(&[]).status, Some(0));
    if Machine::host().cpu_features.iter().any(|feature| feature == "avx") {
        half().prints("1.5\n");
    } else {
        half().fails(1, &["avx"]);
    }
}

#[test]
fn what_cannot_be_made_is_an_error_and_leaves_no_file() {
    let terminal = workshop();
    for (words, said) in [
        ("--target pdp11", "pdp11"),
        ("--target x86_64-unknown-linux-gnu --cpu-feature mmx", "mmx"),
        ("--target aarch64-unknown-linux-gnu --engine native", "shared library"),
        ("--target aarch64-apple-darwin --compiler llvm", "LLVM"),
        ("--target s390x-unknown-linux-gnu --compiler singlepass", "s390x"),
    ] {
        compile(&terminal, &format!("{words} -o out.wshop")).fails(1, &[said]);
        assert!(!terminal.folder().join("out.wshop").exists(), "{words}");
    }
}

#[test]
fn a_folder_that_vanished_keeps_no_half_file() {
    let terminal = workshop();
    compile(&terminal, "-o no/such/folder/out.wshop").fails(1, &["no/such/folder"]);
    compile(&terminal, "--format bundle -o no/such/folder").fails(1, &["no/such/folder"]);
    assert!(!terminal.folder().join("no").exists());
}

/// The file system is its own, and only the command sees it, because root may write to any folder
/// of another.
#[test]
fn a_folder_that_is_full_or_forbids_writing_keeps_no_half_file() {
    let terminal = workshop();
    let folder = terminal.folder().join("there");
    std::fs::create_dir(&folder).unwrap();
    for (mount, format, said) in [
        ("mount -t tmpfs -o size=4k none \"$1\"", "sealed", "no space left"),
        ("mount -t tmpfs -o size=4k none \"$1\"", "bundle", "no space left"),
        ("mount -t tmpfs -o ro none \"$1\"", "sealed", "Read-only"),
        ("mount -t tmpfs -o ro none \"$1\"", "bundle", "Read-only"),
    ] {
        let script = format!(
            "{mount} && {{ \"$0\" compile fib.wat --format {format} -o \"$1/out\"; s=$?; ls -A \"$1\"; exit $s; }}"
        );
        let ended = Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", &script])
            .args([&watshop_tests::programs().join("watshop"), &folder])
            .current_dir(terminal.folder())
            .env("WATSHOP_DATA_DIR", terminal.data())
            .output()
            .unwrap();
        let ended = Ended::from(ended);
        if ended.stderr.contains("unshare") || ended.stderr.contains("mount:") {
            println!(
                "not tested: a full folder, since this system gives no mount namespace: {ended:?}"
            );
            return;
        }
        ended.fails(1, &[said]);
        assert_eq!(ended.stdout, "", "{format} {mount}: something was left");
    }
}

#[test]
fn a_bundle_is_a_folder_where_its_name_does_not_say_that_it_is_an_archive() {
    let terminal = workshop();
    let json = compile(&terminal, "--format bundle -o carried --json").json();
    assert_eq!(json["file"], "carried");
    let folder = terminal.folder().join("carried");
    let checked =
        Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&folder).status().unwrap();
    assert!(checked.success());
    let line = ["fib.wshop", "--invoke", "fib", "20"];
    let ran = Command::new(folder.join("watshop-runner"))
        .args(line)
        .current_dir(&folder)
        .output()
        .unwrap();
    Ended::from(ran).prints("6765\n");
    compile(&terminal, "--format bundle -o carried").fails(1, &["carried", ".tar.zst"]);
    assert!(
        made(&terminal, "--format bundle", "carried.tar.zst")
            .starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
    );
}

#[test]
fn an_object_file_and_its_header_do_not_take_one_anothers_place() {
    let terminal = workshop();
    compile(&terminal, "--format object -o fib.h").fails(1, &["fib.h", ".obj"]);
    assert!(!terminal.folder().join("fib.h").exists());
    std::fs::create_dir(terminal.folder().join("out.h")).unwrap();
    compile(&terminal, "--format object -o out.o").fails(1, &["out.h"]);
    assert!(!terminal.folder().join("out.o").exists(), "half of what was asked for is left");
}

/// The committed table describes this Wasmer. After a change of the version it must be made anew
/// with `watshop targets --probe > crates/workbench/targets.tsv`.
#[test]
fn the_table_of_targets_is_what_a_probe_finds() {
    let committed =
        std::fs::read_to_string(crate::repository("crates/workbench/targets.tsv")).unwrap();
    let probed = Terminal::new().run(&["targets", "--probe"]);
    assert_eq!(probed.status, Some(0), "{probed:?}");
    let differ: Vec<_> =
        committed.lines().zip(probed.stdout.lines()).filter(|(a, b)| a != b).collect();
    assert!(differ.is_empty(), "{differ:#?}");
    assert_eq!(committed, probed.stdout);
}

#[test]
fn targets_are_listed_for_people_and_for_programs() {
    let terminal = Terminal::new();
    let json = terminal.run(&["targets", "--json"]).json();
    assert_eq!(json["rows"][0]["here"], true);
    let text = terminal.run(&["targets"]).stdout;
    for row in json["rows"].as_array().unwrap() {
        assert!(text.contains(row["triple"].as_str().unwrap()));
    }
}

#[test]
fn a_bundle_without_a_runner_says_so_before_it_says_how_to_start_it() {
    let terminal = workshop();
    made(
        &terminal,
        "--target x86_64-pc-windows-gnu --compiler cranelift --format bundle",
        "far.tar.zst",
    );
    let unpacked = Command::new("tar")
        .args(["--zstd", "-xf", "far.tar.zst"])
        .current_dir(terminal.folder())
        .status();
    assert!(unpacked.unwrap().success());
    let readme = std::fs::read_to_string(terminal.folder().join("fib/README.txt")).unwrap();
    let lacks = readme.find("has no runner").unwrap_or_else(|| panic!("{readme}"));
    let start = readme.find("./watshop-runner").unwrap_or_else(|| panic!("{readme}"));
    assert!(lacks < start, "{readme}");
}

#[test]
fn a_bundle_of_a_module_with_wasix_has_the_runner_that_runs_it() {
    let terminal = Terminal::new();
    let module = r#"(module
        (import "wasix_32v1" "proc_exit2" (func $exit (param i32)))
        (memory (export "memory") 1)
        (func (export "_start") (call $exit (i32.const 7))))"#;
    terminal.file("ends.wat", module);
    let line = ["compile", "ends.wat", "--format", "bundle", "-o", "folder"];
    let made = terminal.run(&line);
    assert_eq!(made.status, Some(0), "{made:?}");
    let folder = terminal.folder().join("folder");
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    assert!(readme.contains("./watshop-runner-wasix ends.wshop"), "{readme}");
    let ended = Command::new(folder.join("watshop-runner-wasix"))
        .arg("ends.wshop")
        .current_dir(&folder)
        .status();
    assert_eq!(ended.unwrap().code(), Some(7));
}
