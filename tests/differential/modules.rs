//! A library of functions, and a module that calls them in every way.

use std::fmt::Write as _;

use watshop_protocol::page::ValueType;

use crate::signature::{Gives, MIX, START, Signature};

/// A way to reach a function.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// An import, called by its name.
    Import,
    /// An import in a table of the caller.
    ImportInTable,
    /// An import that `ref.func` put into a table.
    ImportByReference,
    /// The library's own table, which the caller imports.
    LibraryTable,
    /// An import that the caller exports: called as that export.
    ExportedAgain,
    /// The library calls a function of the caller through its table, and that one calls the import.
    ThereAndBack,
    /// A function of the host, called by its name.
    Host,
    /// A function of the host in a table.
    HostInTable,
    /// A function of the host that `ref.func` put into a table.
    HostByReference,
    /// A function of the host in the library's table.
    HostInLibraryTable,
}

impl Way {
    pub const ALL: [Self; 10] = [
        Self::Import,
        Self::ImportInTable,
        Self::ImportByReference,
        Self::LibraryTable,
        Self::ExportedAgain,
        Self::ThereAndBack,
        Self::Host,
        Self::HostInTable,
        Self::HostByReference,
        Self::HostInLibraryTable,
    ];

    pub fn export(self, number: usize) -> String {
        format!("{self:?}{number}")
    }

    pub fn is_host(self) -> bool {
        matches!(
            self,
            Self::Host | Self::HostInTable | Self::HostByReference | Self::HostInLibraryTable
        )
    }
}

fn func(signature: &Signature) -> String {
    let params: String = signature.params.iter().map(|kind| format!(" {}", kind.name())).collect();
    let results: String =
        signature.results().iter().map(|kind| format!(" {}", kind.name())).collect();
    format!("(param{params}) (result{results})")
}

fn hand_on(signature: &Signature) -> String {
    (0..signature.params.len()).map(|at| format!("local.get {at} ")).collect()
}

fn types(signatures: &[Signature]) -> String {
    let numbered = signatures.iter().enumerate();
    numbered.map(|(at, signature)| format!("(type $t{at} (func {}))\n", func(signature))).collect()
}

/// Returns a module that exports `f0`, `f1` and so on, each also in its table, and `back0` and so
/// on, which call the functions behind these in the table.
pub fn library(signatures: &[Signature]) -> String {
    let count = signatures.len();
    let mut text =
        format!("(module\n{}(table (export \"table\") {} funcref)\n", types(signatures), 3 * count);
    // The bytes differ from the caller's, to show whose memory is used.
    text += "(memory 1) (data (i32.const 0) \"\\11\\11\\11\\11\")\n";
    let all: String = (0..count).map(|at| format!(" $f{at}")).collect();
    let _ = writeln!(text, "(elem (i32.const 0) func{all})");
    for (at, signature) in signatures.iter().enumerate() {
        let _ =
            writeln!(text, "(func $f{at} (export \"f{at}\") (type $t{at}) {})", body(signature));
        let slot = count + at;
        let given = hand_on(signature);
        let _ = writeln!(
            text,
            "(func (export \"back{at}\") (type $t{at}) {given} (call_indirect (type $t{at}) (i32.const {slot})))"
        );
    }
    text + ")"
}

/// Returns the body of a function. It traps if the memory is not the library's, and otherwise
/// returns the signature's result.
fn body(signature: &Signature) -> String {
    let check = "(if (i32.ne (i32.load (i32.const 0)) (i32.const 0x11111111)) (then unreachable)) ";
    let folded = |at: usize, kind: ValueType| match kind {
        ValueType::I32 => format!("(i64.extend_i32_u (local.get {at}))"),
        ValueType::I64 => format!("(local.get {at})"),
        ValueType::F32 => format!("(i64.extend_i32_u (i32.reinterpret_f32 (local.get {at})))"),
        ValueType::F64 => format!("(i64.reinterpret_f64 (local.get {at}))"),
        _ => format!(
            "(i64.xor (i64x2.extract_lane 0 (local.get {at})) (i64x2.extract_lane 1 (local.get {at})))"
        ),
    };
    let value = match signature.gives {
        Gives::Nothing => String::new(),
        Gives::Parameter(at) => format!("(local.get {at})"),
        Gives::Mixture => {
            let numbered = signature.params.iter().enumerate();
            numbered.fold(format!("(i64.const {START})"), |mixed, (at, kind)| {
                format!("(i64.mul (i64.xor {mixed} {}) (i64.const {MIX}))", folded(at, *kind))
            })
        }
    };
    format!("{check}{value}")
}

/// Returns a module that exports one function for each way and signature.
pub fn consumer(signatures: &[Signature]) -> String {
    let count = signatures.len();
    let mut text = format!("(module\n{}", types(signatures));
    for at in 0..count {
        let _ = writeln!(
            text,
            "(import \"lib\" \"f{at}\" (func $f{at} (type $t{at})))\n\
             (import \"lib\" \"back{at}\" (func $back{at} (type $t{at})))\n\
             (import \"env\" \"h{at}\" (func $h{at} (type $t{at})))"
        );
    }
    let _ = writeln!(text, "(import \"lib\" \"table\" (table $theirs {} funcref))", 3 * count);
    let _ = writeln!(text, "(table $own {} funcref)", 4 * count);
    text += "(memory 1) (data (i32.const 0) \"\\22\\22\\22\\22\")\n";
    let list = |prefix: &str| (0..count).map(|at| format!(" ${prefix}{at}")).collect::<String>();
    let (f, h, through) = (list("f"), list("h"), list("through"));
    let _ = writeln!(text, "(elem (table $own) (i32.const 0) func{f})");
    let _ = writeln!(text, "(elem (table $own) (i32.const {count}) func{h})");
    let _ = writeln!(text, "(elem (table $theirs) (i32.const {count}) func{through})");
    let _ = writeln!(text, "(elem (table $theirs) (i32.const {}) func{h})", 2 * count);
    text += "(elem declare func";
    let _ = writeln!(text, "{f}{h})");
    for (at, signature) in signatures.iter().enumerate() {
        let given = hand_on(signature);
        let mut add = |way: Way, body: String| {
            let _ = writeln!(text, "(func (export \"{}\") (type $t{at}) {body})", way.export(at));
        };
        let indirect = |table: &str, slot: usize| {
            format!("{given} (call_indirect ${table} (type $t{at}) (i32.const {slot}))")
        };
        let by_reference = |function: &str, slot: usize| {
            format!(
                "(table.set $own (i32.const {slot}) (ref.func ${function})) {}",
                indirect("own", slot)
            )
        };
        add(Way::Import, format!("{given} (call $f{at})"));
        add(Way::ImportInTable, indirect("own", at));
        add(Way::ImportByReference, by_reference(&format!("f{at}"), 2 * count + at));
        add(Way::LibraryTable, indirect("theirs", at));
        add(Way::ThereAndBack, format!("{given} (call $back{at})"));
        add(Way::Host, format!("{given} (call $h{at})"));
        add(Way::HostInTable, indirect("own", count + at));
        add(Way::HostByReference, by_reference(&format!("h{at}"), 3 * count + at));
        add(Way::HostInLibraryTable, indirect("theirs", 2 * count + at));
        let _ = writeln!(text, "(export \"{}\" (func $f{at}))", Way::ExportedAgain.export(at));
        let _ = writeln!(text, "(func $through{at} (type $t{at}) {given} (call $f{at}))");
    }
    text + ")"
}
