//! Knows the code that each compiler makes for each target, from the table that a probe made.

pub(super) mod table;

use watshop_artifact::Machine;
use watshop_protocol::page::{
    Compiler, CpuImplication, CpuNeed, Engine, Error, ErrorCode, Form, ProbeResult, Result,
    Settings, Target, TargetCell, TargetRow, Targets,
};
use watshop_protocol::passport::WASMER;
use watshop_protocol::{Sentence, say};

use table::SupportRow;

/// All known targets, this machine's first, the others by system and name.
pub(crate) fn list(host: &Machine) -> Targets {
    let mut triples: Vec<_> = table::triples().collect();
    triples.sort_by_key(|triple| (!host.is_of(triple), watshop_artifact::system(triple), *triple));
    let mut rows: Vec<_> = triples.into_iter().map(|triple| row(triple, host)).collect();
    if rows.iter().all(|row| row.triple != host.triple) {
        rows.insert(0, row(&host.triple, host));
    }
    let host = Target { triple: host.triple.clone(), cpu_features: host.cpu_features.clone() };
    Targets { host, wasmer: WASMER.into(), rows }
}

/// One target, which need not be in the table.
///
/// Errors: `bad_request` if it is not a triple.
pub(crate) fn find(triple: &str, host: &Machine) -> Result<TargetRow> {
    Ok(row(&watshop_artifact::canonical(triple)?, host))
}

/// Checks that the table allows a form of code for the compiler and the target of some settings. An
/// untried combination is allowed, because a failure is only an error.
///
/// Errors: `target_unsupported` with the reason.
pub(crate) fn check(settings: &Settings, form: Form, machine: &Machine) -> Result<()> {
    match cell(&machine.triple, settings.compiler, form).reason {
        None => watshop_artifact::check_needed(
            settings.compiler,
            &machine.triple,
            &machine.cpu_features,
        ),
        Some(reason) => Err(Error::new(ErrorCode::TargetUnsupported, reason)),
    }
}

fn row(triple: &str, host: &Machine) -> TargetRow {
    let cells = Compiler::ALL
        .into_iter()
        .flat_map(|compiler| Form::ALL.map(|form| cell(triple, compiler, form)));
    TargetRow {
        triple: triple.to_owned(),
        system: watshop_artifact::system(triple).into(),
        here: host.is_of(triple),
        cpu_features: watshop_artifact::cpu_features(triple),
        implied: watshop_artifact::cpu_features(triple)
            .into_iter()
            .map(|feature| {
                let mut implies = watshop_artifact::implied(triple, [feature.as_str()]);
                implies.retain(|other| *other != feature);
                CpuImplication { feature, implies }
            })
            .collect(),
        baseline: watshop_artifact::baseline(triple)
            .iter()
            .map(|feature| (*feature).to_owned())
            .collect(),
        needed: Compiler::ALL.into_iter().filter_map(|compiler| needed(compiler, triple)).collect(),
        presets: watshop_artifact::presets(triple, host),
        cells: cells.collect(),
        runner: false,
    }
}

fn needed(compiler: Compiler, triple: &str) -> Option<CpuNeed> {
    let features = watshop_artifact::needed(compiler, triple);
    let cpu_features = features.iter().map(|feature| (*feature).to_owned()).collect();
    (!features.is_empty()).then_some(CpuNeed { compiler, cpu_features })
}

fn cell(triple: &str, compiler: Compiler, form: Form) -> TargetCell {
    let entry = table::find(triple, compiler, form);
    let probed = entry.map_or(ProbeResult::Unknown, |entry| entry.probed);
    let reason = entry.filter(|entry| entry.probed != ProbeResult::Ok).map(reason);
    TargetCell { compiler, form, probed, reason }
}

/// The reason in words for a person who does not know the insides of a compiler.
fn reason(entry: &SupportRow) -> Sentence {
    let (compiler, triple) = (entry.compiler.title(), entry.triple);
    let native = entry.form.engine() == Some(Engine::Native);
    match entry.probed {
        ProbeResult::Crashed => {
            say!("The {compiler} of Wasmer {WASMER} ends its own process for {triple}.")
        }
        _ if native && !table::is_x86_64_linux(triple) => say!(
            "Native artifacts are ELF files that Wasmer {WASMER} links for x86-64 Linux only; for {triple} \
             export a shared library, which is made from the object file."
        ),
        _ => say!("{compiler} of Wasmer {WASMER} {} {triple}.", in_plain_words(entry.words)),
    }
}

/// The compiler's sentence from the table in plain words. The triple follows it.
fn in_plain_words(words: &str) -> Sentence {
    if words.contains("how functions are called") {
        say!("does not know how functions are called on the system of")
    } else if words.contains("no code for that CPU") {
        say!("makes no code for the CPU of")
    } else if words.contains("cannot write into such a file") {
        say!("makes code that it cannot write into an object file for")
    } else {
        say!("says `{words}` to")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_comes_first_and_runs_what_is_made_for_it() {
        let host = Machine::host();
        let targets = list(&host);
        assert!(targets.rows[0].here, "{:?}", targets.rows[0].triple);
        assert!(targets.rows.len() >= 18);
        assert_eq!(targets.host.triple, host.triple);
        let systems: Vec<_> =
            targets.rows.iter().filter(|row| !row.here).map(|row| &row.system).collect();
        assert!(systems.is_sorted(), "{systems:?}");
    }

    #[test]
    fn every_field_that_is_not_available_says_why() {
        for row in list(&Machine::host()).rows {
            for cell in row.cells {
                assert_eq!(
                    cell.reason.is_none(),
                    matches!(cell.probed, ProbeResult::Ok | ProbeResult::Unknown)
                );
            }
        }
    }

    #[test]
    fn a_triple_that_is_not_in_the_table_may_be_tried() {
        let row = find("powerpc-unknown-linux-gnu", &Machine::host()).unwrap();
        assert!(!row.here && row.cells.iter().all(|cell| cell.probed == ProbeResult::Unknown));
        assert_eq!(find("pdp11", &Machine::host()).unwrap_err().code, ErrorCode::BadRequest);
    }

    #[test]
    fn native_code_for_another_system_is_refused_with_a_way_out() {
        let machine =
            Machine { triple: "aarch64-unknown-linux-gnu".into(), cpu_features: Vec::new() };
        let error = check(&Settings::default(), Form::Native, &machine).unwrap_err();
        assert_eq!(error.code, ErrorCode::TargetUnsupported);
        assert!(error.message.contains("shared library"), "{error}");
        check(&Settings::default(), Form::Jit, &machine).unwrap();
    }
}
