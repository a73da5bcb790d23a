//! Watshop beside Wasmer.
