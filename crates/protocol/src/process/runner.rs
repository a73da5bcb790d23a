//! To and from a runner process, beside what it is asked and answers: see [`crate::instance`].

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::page::{HostCall, ImportObject, Layer, Repeats, Stream, TabId, Value, WasiSettings};

/// What the host gives to an instance, beside WASI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Host {
    /// The tab's own import object.
    pub imports: ImportObject,
    /// The modules whose exports it names, and those whose exports these name; each after all that
    /// it imports from.
    pub linked: Vec<Linked>,
    /// Whether the recording of host calls is off.
    pub paused: bool,
    /// What functions answer from, where they answer from a record.
    pub replay: Option<Vec<HostCall>>,
}

/// A module of another tab, to be instantiated in the same store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// The tab, as import objects name it.
    pub tab: TabId,
    /// Its title, for messages.
    pub title: String,
    /// Its sealed file.
    pub sealed: PathBuf,
    /// The payload's hash that the workbench expects.
    pub payload_hash: String,
    /// Its own import object.
    pub imports: ImportObject,
    /// What it finds where it imports WASI.
    pub wasi: WasiSettings,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The function came back.
    Returned(Vec<Value>),
    /// The WASI program ended with a status.
    Exited(i32),
    /// It trapped, was stopped or took too long; the instance can still be read. The `at` of the
    /// error's frames are offsets: the workbench, which knows the text, adds the lines.
    Failed(Box<crate::page::Error>),
}

/// What it says in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Ready for requests; said once, at the start.
    Ready {
        /// What stands between a guest's code and the machine from here on.
        sandbox: Vec<Layer>,
    },
    /// The guest wrote the frame's bytes.
    Output {
        /// Where to.
        stream: Stream,
    },
    /// How far [`CallMany`](crate::instance::CallMany) is.
    Repeated(Repeats),
    /// The process ends by itself, with status 0, behind the answer that comes next: a trap cut
    /// work of the runtime short (a stack that overflowed in the unwinder keeps its lock, for one),
    /// so nothing can be relied on here any more.
    Ending,
}
