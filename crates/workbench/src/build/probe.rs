//! Compiles a small module for every target with every compiler in every form, to see which work.

use std::fmt::Write as _;
use std::sync::Arc;
use watshop_protocol::say;

use tempfile::TempDir;
use watshop_artifact::hash;
use watshop_protocol::page::{
    Compiler, Error, ErrorCode, Form, Optimisation, ProbeResult, Proposals, Result, Target,
};
use watshop_protocol::process::compiler::CompileJob;

use super::artifact::Builder;
use super::targets::table::{self, HEAD, word};
use crate::activity::RunGuard;
use crate::config::file_error;

/// A module with arithmetic, memory, a table, an import, floats and a loop: a little of all that
/// every back end must know.
const MODULE: &str = r#"(module
    (import "env" "log" (func $log (param i32)))
    (memory (export "memory") 1)
    (table 2 funcref)
    (elem (i32.const 0) $add $log)
    (global $count (mut i32) (i32.const 0))
    (func $add (export "add") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
    (func (export "mean") (param f64 f64) (result f64)
        (f64.div (f64.add (local.get 0) (local.get 1)) (f64.const 2)))
    (func (export "sum") (param $n i32) (result i64) (local $sum i64)
        (loop $next
            (local.set $sum (i64.add (local.get $sum) (i64.load32_u (local.get $n))))
            (local.set $n (i32.div_u (local.get $n) (i32.const 2)))
            (br_if $next (local.get $n)))
        (call $log (i32.wrap_i64 (local.get $sum)))
        (local.get $sum)))"#;

impl Builder {
    /// Makes the table of targets again. Compilers that are not installed keep their lines.
    ///
    /// Errors: `file` if a file cannot be written, `stopped`.
    pub(crate) async fn probe(&self, guard: &mut RunGuard, tell: impl Fn(&str)) -> Result<String> {
        let folder =
            TempDir::new().map_err(|e| file_error(say!("Making"), &std::env::temp_dir(), &e))?;
        let module: Arc<[u8]> = watshop_module::parse(MODULE)?.into();
        let mut text = format!("{HEAD}\n");
        for triple in table::triples() {
            for compiler in Compiler::ALL {
                for form in Form::ALL {
                    tell(&format!("{triple} {} {}", compiler.as_str(), form.as_str()));
                    let job = CompileJob {
                        form,
                        optimisation: Optimisation::Speed,
                        proposals: Proposals::default(),
                        count_instructions: false,
                        target: Some(target(triple, compiler)),
                        validated: false,
                        measure_functions: false,
                        again: false,
                        module_hash: hash(&module),
                        signing_key: None,
                        to: folder.path().join("probe"),
                    };
                    let made = self
                        .compilers
                        .make(compiler, job, Arc::clone(&module), guard, |_| ())
                        .await;
                    let (probed, words) = match made {
                        Ok(_) => (ProbeResult::Ok, String::new()),
                        Err(error) if error.code == ErrorCode::CompilerCrashed => {
                            (ProbeResult::Crashed, String::new())
                        }
                        Err(error) if error.code == ErrorCode::CompilerUnavailable => {
                            kept(triple, compiler, form)
                        }
                        Err(error) if error.code == ErrorCode::Stopped => return Err(error),
                        Err(error) => (ProbeResult::Refused, words(compiler, &error)),
                    };
                    let _ = writeln!(
                        text,
                        "{triple}\t{}\t{}\t{}\t{words}",
                        compiler.as_str(),
                        form.as_str(),
                        word(probed)
                    );
                }
            }
        }
        Ok(text)
    }
}

/// The target, with the features that nearly every CPU of it has.
fn target(triple: &str, compiler: Compiler) -> Target {
    Target { triple: triple.to_owned(), cpu_features: watshop_artifact::usual(triple, compiler) }
}

fn kept(triple: &str, compiler: Compiler, form: Form) -> (ProbeResult, String) {
    let entry = table::find(triple, compiler, form);
    entry.map_or((ProbeResult::Unknown, String::new()), |entry| {
        (entry.probed, entry.words.to_owned())
    })
}

/// The compiler's reason on one line, without the words that are the same for all.
fn words(compiler: Compiler, error: &Error) -> String {
    let ours = format!("{} refused the module: ", compiler.title());
    let words = error.message.strip_prefix(&ours).unwrap_or(&error.message);
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches('.').chars().take(160).collect()
}
