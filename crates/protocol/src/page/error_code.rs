//! The table of error codes: the meaning of each, an example, and advice that holds in every shell.
//! A shell adds the step that its own controls offer: `terminal/help.rs` for the command line, and
//! `ui/src/values/steps.json` for the page. `docs/guide/errors.md` is made from all three.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An example that causes an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A module as text, and the arguments that follow its file in `watshop run`. A test runs each
    /// of these.
    Module(&'static str, &'static [&'static str]),
    /// A person's steps, in words.
    Steps(&'static str),
}
use Example::{Module, Steps};

// `formerly` gives the name that a code has in older saved states.
macro_rules! codes {
    ($($topic:literal {
        $($(#[doc = $doc:literal])+ $name:ident = $text:literal $(formerly $old:literal)?, $example:expr, $advice:literal;)+
    })+) => {
        /// Stable codes of all errors. A new version may add some, but none changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($($(#[doc = $doc])+ $(#[serde(alias = $old)])? $name,)+)+
        }

        impl ErrorCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$($(Self::$name),+),+];

            /// The code as it is written on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $($(Self::$name => $text,)+)+ }
            }

            /// The part of the guide that describes it.
            pub fn topic(self) -> &'static str {
                match self { $($(Self::$name)|+ => $topic,)+ }
            }

            /// The meaning, in sentences for people.
            pub fn meaning(self) -> &'static str {
                match self { $($(Self::$name => concat!($($doc),+).trim_ascii(),)+)+ }
            }

            /// An example that causes it.
            pub fn example(self) -> Example {
                match self { $($(Self::$name => $example,)+)+ }
            }

            /// The advice that holds in every shell.
            pub fn advice(self) -> &'static str {
                match self { $($(Self::$name => $advice,)+)+ }
            }
        }
    };
}

codes! {
    "Text and modules" {
        /// The text is not WAT. The error has the line and the column.
        MalformedText = "malformed_text",
            Module("(module (func i32.plus))", &[]),
            "Correct the text at the place that the error names. The message says what may stand there.";
        /// The module breaks a rule of WebAssembly, or needs a proposal that is off.
        InvalidModule = "invalid_module",
            Module("(module (func (result i32)))", &[]),
            "Correct the instruction that the message names, or turn on the proposal that it names.";
        /// The file is neither WAT, nor a WebAssembly binary, nor an artifact.
        NotAModule = "not_a_module",
            Steps("Open a picture, or a WebAssembly component."),
            "Open a `.wat` file, a `.wasm` file or a sealed artifact. `wasm-tools component unbundle` takes the core \
             modules out of a component.";
        /// There is nothing in the file or in the text.
        EmptyFile = "empty_file",
            Module("", &[]),
            "Write at least `(module)`.";
        /// The file is larger than Watshop accepts.
        FileTooLarge = "file_too_large",
            Steps("Open a file of more than 100 MiB."),
            "Take debug information out of the module with `wasm-tools strip`: it is often most of the file.";
        /// A message about the module, or its text, would be larger than Watshop makes one.
        MessageTooLarge = "message_too_large",
            Steps("Show an import object of 100,000 JavaScript functions as a program."),
            "Make the module or its import object smaller. The message says which message was too large.";
    }
    "Running and calling" {
        /// Nothing provides some imports of the module. The error lists them with their types.
        MissingImports = "missing_imports",
            Module(r#"(module (import "env" "log" (func (param i32))))"#, &[]),
            "Provide each import that the message names, by an import object.";
        /// The instance has no export of this name.
        UnknownExport = "unknown_export",
            Module(r#"(module (func (export "add")))"#, &["--invoke", "ad"]),
            "Use one of the names that the message lists.";
        /// The export is a memory, a table, a global or a tag, and only a function can be called.
        NotAFunction = "not_a_function",
            Module(r#"(module (memory (export "m") 1))"#, &["--invoke", "m"]),
            "Call an export that is a function.";
        /// The call has more or fewer arguments than the function has parameters.
        ArgumentCount = "argument_count",
            Module(r#"(module (func (export "f") (param i32)))"#, &["--invoke", "f"]),
            "Give one argument for each parameter.";
        /// An argument is not a value of its type.
        ArgumentType = "argument_type",
            Module(r#"(module (func (export "f") (param i32)))"#, &["--invoke", "f", "1.5"]),
            "Write the value as the message shows: `42`, `-1`, `0x2a`, `1.5e3`, `nan:0x200000`, `i32x4 1 2 3 4`, `null`.";
        /// The guest did something that WebAssembly forbids, and its call ended. The error has the
        /// kind of trap and the stack.
        Trap = "trap",
            Module(r#"(module (func (export "f") unreachable))"#, &["--invoke", "f"]),
            "Go to the place that the error names. The instance is still there: look at its memory and its globals. If \
             calls went too deep, look for a recursion that does not end.";
        /// The call ran longer than the limit of the tab. The time in which a program waits for its
        /// input does not count.
        CallTime = "call_time",
            Module(r#"(module (func (export "f") (loop (br 0))))"#, &["--call-ms", "100", "--invoke", "f"]),
            "Look for a loop that does not end.";
        /// The module starts with more memory than the limit of the tab, or grows past it.
        MemoryLimit = "memory_limit",
            Module("(module (memory 100))", &["--memory-pages", "10"]),
            "Let the module start with less, or raise the limit.";
        /// The memories and tables of an instance and of its linked modules take more together than
        /// the limit of the tab.
        StoreLimit = "store_limit",
            Module("(module (memory 100))", &["--store-mib", "1"]),
            "Let the module start with less, or raise the limit.";
        /// The module starts with a larger table than the limit of the tab.
        TableLimit = "table_limit",
            Module("(module (table 100 funcref))", &["--table-elements", "10"]),
            "Let the module start with less, or raise the limit.";
        /// A person stopped the run or the call.
        Stopped = "stopped",
            Steps("Run the lesson *For ever*, call `spin`, and stop it."),
            "Nothing: the instance is still there and can be called.";
        /// The module could not be instantiated, for a reason that has no code of its own.
        Instantiation = "instantiation",
            Steps("The runtime refuses the module for a reason of its own."),
            "Read the message. If it does not help, please report it with the module.";
        /// There is no instance: nothing has run in this tab yet, or its process has ended.
        NoInstance = "no_instance",
            Steps("Read a memory before the first run."),
            "Run the module: each run makes an instance.";
        /// The tab is in the middle of a run or a call.
        Busy = "busy",
            Steps("Set a global while a call runs."),
            "Wait for the end of the run or the call, or stop it.";
        /// An address or a length reaches past the end of the memory or of the table.
        OutOfBounds = "out_of_bounds",
            Steps("Read 16 bytes at the last byte of a memory."),
            "Choose an address below the end, or grow the memory.";
        /// The global or the table cannot be changed.
        Immutable = "immutable",
            Steps("Set an exported `(global i32 …)`."),
            "Declare the global as `(mut i32)`, or the table with a larger maximum.";
        /// WASI needs a memory that the module exports as `memory`.
        WasiMemory = "wasi_memory",
            Module(
                r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)))))"#,
                &[]
            ),
            "Write `(memory (export \"memory\") 1)`.";
        /// A folder cannot be given to a WASI program, or its current directory is in none of its
        /// folders.
        WasiFolder = "wasi_folder",
            Module(
                r#"(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")))"#,
                &["--cwd", "/data"]
            ),
            "Name a folder that is there, and give the program one that contains its current directory.";
        /// The module imports WASIX, and the runner that has it is not here.
        WasixUnavailable = "wasix_unavailable",
            Steps("Run a module that imports `wasix_32v1` where `watshop-runner-wasix` is missing."),
            "Run it with `watshop-runner-wasix`, which `npm run build` makes.";
    }
    "Imports" {
        /// A provider does not fit what the module imports. The error lists the imports that
        /// differ.
        ImportMismatch = "import_mismatch",
            Steps("Provide a function, and change its type in the text afterwards."),
            "Choose a provider that fits, or correct the import in the module.";
        /// Tabs import from one another in a circle. The message has the path.
        ImportCycle = "import_cycle",
            Steps("Let tab A import from tab B, and tab B from tab A."),
            "Provide one of these imports in another way.";
        /// The JavaScript of an import cannot be used. The message has the import and the words of
        /// QuickJS.
        ImportScript = "import_script",
            Steps("Provide an import with the JavaScript `x =>`."),
            "Write an expression whose value is a function, such as `x => x + 1`.";
        /// The file is not an `.imports.json`, or it is one of a newer Watshop.
        ImportsFile = "imports_file",
            Steps("Open a `package.json` as an import object."),
            "Save the import object again. `docs/imports.md` describes the file.";
    }
    "Compilers and targets" {
        /// This compiler is not installed here.
        CompilerUnavailable = "compiler_unavailable",
            Steps("Choose LLVM in a Watshop that was built without LLVM 22."),
            "Choose another compiler, or follow the message: `npm run setup` installs LLVM 22 if the system has it, and \
             `npm run build` builds the compiler.";
        /// This engine does not exist on this system.
        EngineUnavailable = "engine_unavailable",
            Steps("Choose the engine `native` on a machine that is not x86-64 Linux."),
            "Use the engine `jit`, which makes code for every target.";
        /// This compiler cannot make this form of code for that target.
        TargetUnsupported = "target_unsupported",
            Steps("`watshop compile fib.wat --target aarch64-unknown-linux-gnu --engine native -o fib.wshop`"),
            "Choose a compiler and a form of code that exist for the target.";
        /// The linker for this kind of shared library is not installed here.
        LinkerUnavailable = "linker_unavailable",
            Steps("Download a shared library on a machine without `ld.lld`."),
            "Install the package `lld-22`, or download the object file and link it yourself.";
        /// The linker rejected the object. The message has its words.
        LinkFailed = "link_failed",
            Steps("Link an object with a relocation that the linker does not know."),
            "Try another compiler, or download the object file and link it yourself.";
        /// The exported file is not the one that was asked for. Watshop kept nothing of it.
        ExportDamaged = "export_damaged",
            Steps("A compiler writes an object for another machine than the target."),
            "Try another compiler, and please report it.";
        /// The compiler rejected the module. The error names the compilers that accept it, if they
        /// are known.
        CompilerRefused = "compiler_refused",
            Module(r#"(module (func (export "f") (param v128)))"#, &["--compiler", "singlepass"]),
            "Choose one of the compilers that the message names.";
        /// The compiler process ended. The end of its log is in the message.
        CompilerCrashed = "compiler_crashed",
            Steps("End `watshop-compiler-llvm` with `kill` while it compiles."),
            "Run the module again, or choose another compiler. Nothing else is lost.";
    }
    "Artifacts and processes" {
        /// The runner process ended. The tab keeps its text and its settings, but the instance is
        /// gone.
        RunnerCrashed = "runner_crashed",
            Steps("End `watshop-runner` with `kill` while it runs."),
            "Run the module again. If it happens again with the same module, please report it.";
        /// The process that runs the tab's module is alive and gives no answer: something has
        /// frozen it.
        RunnerSilent = "runner_silent",
            Steps("Freeze `watshop-runner` with `kill -STOP`, and read a memory of its instance."),
            "End the process, and run the module again.";
        /// The process of a compiler is alive and gives no answer: something has frozen it.
        CompilerSilent = "compiler_silent",
            Steps("Freeze `watshop-compiler-cranelift` with `kill -STOP`, and run a module."),
            "End the process, and run the module again.";
        /// The bytes of a sealed artifact do not match its passport, or the file ends early.
        ArtifactDamaged = "artifact_damaged",
            Steps("Change one byte of a `.wshop` file, and open it."),
            "Fetch the file again, or compile the module again.";
        /// The artifact is for another machine, another Wasmer or other CPU features.
        ArtifactForeign = "artifact_foreign",
            Steps("Open an artifact for aarch64 on an x86-64 machine, and run it."),
            "Compile the module again, on this machine or for it.";
        /// The artifact was made elsewhere, and you have not agreed to run it. It is machine code.
        UntrustedArtifact = "untrusted_artifact" formerly "unknown_hand",
            Steps("Open a `.wshop` file that a colleague made, and run it."),
            "If you trust its maker, allow it to run. It stays in the sandbox even then.";
    }
    "Files and saved state" {
        /// A file could not be read or written. The message has the words of the system.
        File = "file",
            Steps("`watshop run nothing.wat`"),
            "Check that the file exists, and that you may read and write it.";
        /// There is no space left on the disk.
        DiskFull = "disk_full",
            Steps("Save a file to a full disk."),
            "Free some space. What is in the tabs is kept, and is saved as soon as it can be.";
        /// The saved state could not be read or written, or another Watshop uses the data folder.
        State = "state",
            Steps("Start the window beside `watshop serve`, with the same data folder."),
            "Close the other Watshop, or set `WATSHOP_DATA_DIR` to another folder.";
    }
    "For programs that speak to a workbench" {
        /// There is no tab of this number, or it was closed.
        UnknownTab = "unknown_tab",
            Steps("Close a tab in one window while another one uses it."),
            "Ask `workbench.hello` for the open tabs.";
        /// There is no lesson of this name.
        UnknownLesson = "unknown_lesson",
            Steps("`tab.open_lesson {\"lesson\": \"nothing\"}`"),
            "Use an `id` that the welcome lists.";
        /// The files of a course are not a course.
        Course = "course",
            Steps("`watshop lessons check README.md`"),
            "`watshop lessons new DIR` makes a course to begin with, and `watshop lessons check DIR` lists its faults.";
        /// There is no method of this name.
        UnknownMethod = "unknown_method",
            Steps("`tab.rnu {\"tab\": 1}`"),
            "Use a name of `ui/src/protocol.ts`. Reload the page if it is older than Watshop.";
        /// The parameters are not those of the method, or a value is out of its bounds.
        BadRequest = "bad_request",
            Steps("`watshop compile f.wat --target pdp11 -o f.wshop`"),
            "Correct the value that the message names.";
        /// The method belongs to another shell: a page in a browser may not name files of this
        /// machine.
        NotFromHere = "not_from_here",
            Steps("Send `tab.open_path` from a page in a browser."),
            "Choose the file in the page, or drop it there.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_on_the_wire_and_in_code() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }

    #[test]
    fn a_code_is_explained_in_sentences() {
        for code in ErrorCode::ALL {
            if let Steps(steps) = code.example() {
                assert!(steps.ends_with(['.', '`']), "{code:?}: {steps}");
            }
            assert!(
                code.meaning().ends_with('.') && !code.meaning().contains("  "),
                "{code:?}: {}",
                code.meaning()
            );
            assert!(
                code.advice().ends_with('.') && !code.advice().contains("  "),
                "{code:?}: {}",
                code.advice()
            );
        }
    }
}
