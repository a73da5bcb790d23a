use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A tab's number; never used again in the same data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct TabId(pub u32);
