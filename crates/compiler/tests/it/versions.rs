use watshop_protocol::passport::{ABI, WASMER};

#[test]
fn passports_name_the_wasmer_that_is_linked() {
    assert_eq!(WASMER, wasmer_compiler::VERSION);
    assert_eq!(ABI, wasmer_types::MetadataHeader::CURRENT_VERSION);
}
