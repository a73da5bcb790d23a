//! Independent programs for WASI, with files in a folder of the host: interpreters, a database, and
//! a compiler with its linker. They come from packages, see [`modules`].

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use watshop_tests::modules;
use watshop_tests::terminal::{Ended, Terminal};

/// Runs a program in a folder that it knows as `/`, by the compiler that is fastest to start.
fn run(program: &Path, folder: &Path, arguments: &[&str], input: &str) -> Ended {
    let terminal = Terminal::new();
    let folder = format!("{}::/", folder.display());
    let program = program.to_str().unwrap();
    let options = ["run", program, "--compiler", "singlepass", "--dir", &folder, "--"];
    let mut command = terminal.command(&[&options, arguments].concat());
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Ended::from(child.wait_with_output().unwrap())
}

/// A folder with the content of an archive of the package.
fn unpacked(archive: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let archive = modules::runno().join(archive);
    let done =
        Command::new("tar").arg("xzf").arg(archive).arg("-C").arg(folder.path()).status().unwrap();
    assert!(done.success());
    folder
}

fn runno(program: &str) -> PathBuf {
    modules::runno().join(program)
}

#[test]
fn quickjs_reads_and_writes_files_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.txt"), "one\ntwo\n").unwrap();
    let script = r#"
        import * as std from 'std';
        import * as os from 'os';
        const lines = std.open('/in.txt', 'r').readAsString().trim().split('\n');
        const file = std.open('/out.txt', 'w+');
        for (const line of lines) file.puts(line.toUpperCase() + '\n');
        file.seek(0, std.SEEK_SET);
        console.log(file.getline(), file.tell());
        file.close();
        os.rename('/out.txt', '/renamed.txt');
    "#;
    fs::write(folder.path().join("script.mjs"), script).unwrap();
    let ended = run(&modules::qjs(), folder.path(), &["--std", "-m", "/script.mjs"], "");
    ended.prints("ONE 4\n");
    assert_eq!(fs::read_to_string(folder.path().join("renamed.txt")).unwrap(), "ONE\nTWO\n");
}

#[test]
fn python_computes_and_writes_a_file() {
    let folder = unpacked("python-3.11.3.tar.gz");
    let script = r#"
import hashlib, json, math, os, sys
result = {"pi": math.pi, "sum": sum(range(100001)), "sha": hashlib.sha256(b"x").hexdigest()[:8]}
with open("/result.json", "w") as file:
    json.dump(result, file)
with open("/result.json", "r+b") as file:
    file.seek(-1, os.SEEK_END)
    assert file.read() == b"}" and file.tell() == os.fstat(file.fileno()).st_size
os.makedirs("/made/deep")
os.rename("/made/deep", "/made/moved")
assert os.listdir("/made") == ["moved"]
try:
    open("/../etc/passwd")
except OSError as error:
    print(type(error).__name__)
print(sys.stdin.read().upper(), end="")
"#;
    fs::write(folder.path().join("script.py"), script).unwrap();
    let ended = run(&runno("python-3.11.3.wasm"), folder.path(), &["/script.py"], "typed\n");
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.stdout.ends_with("Error\nTYPED\n"), "{ended:?}");
    assert_eq!(
        fs::read_to_string(folder.path().join("result.json")).unwrap(),
        r#"{"pi": 3.141592653589793, "sum": 5000050000, "sha": "2d711642"}"#
    );
}

#[test]
fn sqlite_makes_a_database_and_another_run_reads_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = runno("sqlite.wasm");
    let make = "create table t(a, b);\nbegin;\n\
                insert into t values (1, 'one'), (2, 'two');\ncommit;\n\
                with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)\n\
                insert into t select i, 'n' || i from n;\n";
    assert_eq!(run(&sqlite, folder.path(), &["/data.db"], make).status, Some(0));
    let header = fs::read(folder.path().join("data.db")).unwrap();
    assert!(header.starts_with(b"SQLite format 3\0") && header.len() > 50_000);
    let ask = "select count(*), sum(a), max(b) from t;\n";
    let ended = run(&sqlite, folder.path(), &["/data.db"], ask);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.stdout.contains("5002|12502503|two\n"), "{ended:?}");
}

#[test]
fn clang_compiles_wasm_ld_links_and_the_module_runs() {
    let folder = unpacked("clang-fs.tar.gz");
    let source = "#include <stdio.h>\n#include <string.h>\n\
                  int main(int count, char **words) {\n\
                  for (int at = 1; at < count; at++) printf(\"%d %s\\n\", at, words[at]);\n\
                  return (int)strlen(words[1]); }\n";
    fs::write(folder.path().join("source.c"), source).unwrap();
    let compile = "-cc1 -Werror -triple wasm32-unknown-wasi -isysroot /sys -internal-isystem /sys/include \
                   -internal-isystem /sys/lib/clang/8.0.1/include -O2 -emit-obj -o /made.o /source.c";
    let link = "--no-threads --export-dynamic -z stack-size=1048576 -L/sys/lib/wasm32-wasi \
                /sys/lib/wasm32-wasi/crt1.o /made.o -lc -o /made.wasm";
    for (program, arguments) in [("clang.wasm", compile), ("wasm-ld.wasm", link)] {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        run(&runno(program), folder.path(), &arguments, "").prints("");
    }
    let ended = run(&folder.path().join("made.wasm"), folder.path(), &["two", "words"], "");
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(3), "1 two\n2 words\n"), "{ended:?}");
}

#[test]
fn php_and_ruby_write_and_read_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let php = "<?php file_put_contents('/php.txt', array_sum([1, 2, 3])); \
               echo file_get_contents('/php.txt'), \"\\n\"; unlink('/php.txt');";
    fs::write(folder.path().join("script.php"), php).unwrap();
    let arguments = ["-q", "/script.php"];
    run(&runno("php-cgi-8.2.0.wasm"), folder.path(), &arguments, "").prints("6\n");
    let ruby = "File.write('/ruby.txt', (1..5).reduce(:*)); puts File.read('/ruby.txt'), \
                Dir.children('/').sort.join(' ')";
    fs::write(folder.path().join("script.rb"), ruby).unwrap();
    let ended = run(&runno("ruby-3.2.0.wasm"), folder.path(), &["/script.rb"], "");
    ended.prints("120\nruby.txt script.php script.rb\n");
}

#[test]
fn a_program_prints_its_name_arguments_environment_and_folders_in_four_lines() {
    let terminal = Terminal::new();
    let about = terminal.folder().join("about.wasm");
    let source = PathBuf::from(crate::repository("examples/wasi/about.c"));
    modules::compiled(&source, "wasm32-wasi", &about);
    let folder = format!("{}::/the_host_current_dir", terminal.folder().display());
    let variables = ["--env", "COLOR=true", "--env", "APP_SHOULD_LOG=false"];
    let options = ["run", "about.wasm", "--dir", &folder];
    let run = [&options[..], &variables, &["--", "--test"]].concat();
    terminal.run(&run).prints(
        "Found program name: `about.wasm`\n\
         Found 1 arguments: --test\n\
         Found 2 environment variables: COLOR=true, APP_SHOULD_LOG=false\n\
         Found 1 preopened directories: DirEntry(\"/the_host_current_dir\")\n",
    );
    terminal.run(&["run", "about.wasm"]).prints(
        "Found program name: `about.wasm`\nFound 0 arguments: \nFound 0 environment variables: \n\
         Found 0 preopened directories: \n",
    );
}

#[test]
fn a_program_in_cpp_counts_words_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.wasm");
    let source = PathBuf::from(crate::repository("examples/wasi/words.cpp"));
    modules::compiled(&source, "wasm32-wasi", &words);
    let terminal = Terminal::new();
    let out = format!("{}::/out", folder.path().display());
    let mut command = terminal.command(&["run", words.to_str().unwrap(), "--dir", &out]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"to be or\nnot to be").unwrap();
    Ended::from(child.wait_with_output().unwrap()).prints("4 words\n");
    let counted = fs::read_to_string(folder.path().join("words.txt")).unwrap();
    assert_eq!(counted, "be 2\nnot 1\nor 1\nto 2\n");
}
