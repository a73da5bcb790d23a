//! A compiler's messages in words for people. Most things that a compiler lacks are found in the
//! module before. The rest is explained here: other machines, limits, and errors that are not known
//! yet.

/// The end of the sentence "LLVM refused the module: …".
pub(crate) fn plain(words: &str) -> &'static str {
    let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if says(&["Calling convention", "calling convention"]) {
        "it does not know how functions are called on that system"
    } else if says(&["relocation"]) {
        "it makes code that it cannot write into such a file"
    } else if says(&["target", "Target", "ISA for triple"])
        && says(&[
            "not yet supported",
            "Unsupported",
            "unsupported",
            "not implemented",
            "SupportDisabled",
        ])
    {
        "it makes no code for that CPU"
    } else if says(&["fixed table size"]) {
        "its tables are larger than it takes"
    } else if says(&["too large", "limit exceeded", "CodeTooLarge"]) {
        "a function in it is larger than it takes"
    } else {
        "it met something in it that it cannot compile"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_compiler_gets_through_and_what_is_known_has_its_own_sentence() {
        for (words, part) in [
            (
                "The target Unsupported Calling convention for Singlepass compiler is not yet supported",
                "how functions",
            ),
            ("construct Cranelift ISA for triple: SupportDisabled", "CPU"),
            ("not implemented: target s390x-unknown-linux-gnu not yet supported in Wasmer", "CPU"),
            (
                "called `Result::unwrap()` on an `Err` value: UnsupportedTarget(\"i686-unknown-linux-gnu\")",
                "CPU",
            ),
            ("Compilation error: relocation Relocation { kind: Unknown }", "such a file"),
            ("Compilation error: Code for function is too large", "larger"),
            (
                "assertion `left == right` failed (wasmer-compiler-singlepass/src/machine_x64.rs:8029)",
                "something",
            ),
            ("", "something"),
        ] {
            assert!(plain(words).contains(part), "{words}: {}", plain(words));
        }
    }
}
