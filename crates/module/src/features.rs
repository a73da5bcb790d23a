//! Maps the switches of the settings to the feature bits of the validator.

use wasmparser::WasmFeatures;
use watshop_protocol::page::Proposals;

const SWITCHES: [(&str, WasmFeatures); 12] = [
    ("multi_value", WasmFeatures::MULTI_VALUE),
    ("bulk_memory", WasmFeatures::BULK_MEMORY),
    ("reference_types", WasmFeatures::REFERENCE_TYPES),
    ("simd", WasmFeatures::SIMD),
    ("threads", WasmFeatures::THREADS),
    ("extended_const", WasmFeatures::EXTENDED_CONST),
    ("multi_memory", WasmFeatures::MULTI_MEMORY),
    ("tail_call", WasmFeatures::TAIL_CALL),
    ("exceptions", WasmFeatures::EXCEPTIONS),
    ("relaxed_simd", WasmFeatures::RELAXED_SIMD),
    ("wide_arithmetic", WasmFeatures::WIDE_ARITHMETIC),
    ("memory64", WasmFeatures::MEMORY64),
];

/// The features that are on for any settings. They are those of Wasmer 7.5
/// (`Compiler::validate_module` of wasmer-compiler). So Wasmer does not reject a module for a
/// proposal if the module passes here.
const ALWAYS: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::FLOATS)
    .union(WasmFeatures::GC_TYPES);

/// The validator's features for a tab's proposals.
pub(crate) fn of(proposals: &Proposals) -> WasmFeatures {
    of_names(proposals.iter().filter(|(_, on)| *on).map(|(name, _)| name))
}

/// The validator's features with exactly these switches on.
pub(crate) fn of_names<'a>(on: impl IntoIterator<Item = &'a str>) -> WasmFeatures {
    on.into_iter().filter_map(bits).fold(ALWAYS, WasmFeatures::union)
}

/// The switch that turns a missing feature on. `None` if there is no such switch.
pub(crate) fn switch(missing: WasmFeatures) -> Option<&'static str> {
    SWITCHES.iter().find(|(_, bits)| bits.intersects(missing)).map(|(name, _)| *name)
}

/// The name of a feature's proposal, for the features that have no switch.
pub(crate) fn proposal(missing: WasmFeatures) -> String {
    let names: Vec<_> =
        missing.iter_names().map(|(name, _)| name.to_lowercase().replace('_', "-")).collect();
    names.join(", ")
}

fn bits(name: &str) -> Option<WasmFeatures> {
    SWITCHES.iter().find(|(known, _)| *known == name).map(|(_, bits)| *bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_of_the_settings_is_known_here() {
        for name in Proposals::NAMES {
            assert_eq!(bits(name).and_then(switch), Some(*name));
        }
        assert_eq!(Proposals::NAMES.len(), SWITCHES.len());
    }

    #[test]
    fn what_wasmer_lacks_is_never_on() {
        let all = of(&Proposals::all());
        let lacking = WasmFeatures::GC
            | WasmFeatures::FUNCTION_REFERENCES
            | WasmFeatures::COMPONENT_MODEL
            | WasmFeatures::LEGACY_EXCEPTIONS
            | WasmFeatures::CUSTOM_PAGE_SIZES;
        assert!(!all.intersects(lacking));
        assert_eq!(switch(WasmFeatures::GC), None);
        assert_eq!(proposal(WasmFeatures::FUNCTION_REFERENCES), "function-references");
    }
}
