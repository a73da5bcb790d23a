//! Messages to and from a runner process, except its requests and answers: these are in
//! [`crate::instance`].

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::page::{
    HostCall, ImportObject, Layer, OutputSource, Repeats, TabId, Value, WasiSettings,
};

/// The things that the host provides for an instance, except WASI.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostSetup {
    /// The tab's own import object.
    pub imports: ImportObject,
    /// The modules whose exports the import object names, and those whose exports these name. Each
    /// stands behind all modules that it imports from.
    pub linked: Vec<LinkedModule>,
    /// True if the recording of host calls is off.
    pub paused: bool,
    /// The record that functions answer from, if they do.
    pub replay: Option<Vec<HostCall>>,
}

/// A module of another tab, to be instantiated in the same store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedModule {
    /// The tab, by its number in import objects.
    pub tab: TabId,
    /// The title, for messages.
    pub title: String,
    /// The sealed file.
    pub sealed: PathBuf,
    /// The payload's hash that the workbench expects.
    pub payload_hash: String,
    /// Its own import object.
    pub imports: ImportObject,
    /// The settings of its WASI, if it imports that.
    pub wasi: WasiSettings,
}

/// The end of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// The function returned.
    Returned(Vec<Value>),
    /// The WASI program ended with a status.
    Exited(i32),
    /// The call trapped, was stopped or took too long. The instance can still be read. The `at` of
    /// the error's frames are offsets. The workbench knows the text, so it adds the lines.
    Failed(Box<crate::page::Error>),
}

/// A notice of a runner process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The process is ready for requests. It sends this once, at the start.
    Ready {
        /// The layers of the sandbox from here on.
        sandbox: Vec<Layer>,
    },
    /// The guest wrote the frame's bytes.
    Output(OutputSource),
    /// A WASI program waits for bytes at its standard input, and none are there. It sends this once
    /// until bytes come.
    InputWanted,
    /// The progress of a [`CallMany`](crate::instance::CallMany).
    Repeated(Repeats),
    /// The process ends by itself with status 0 after its next answer. A trap has stopped the
    /// runtime in its own work, so its state is not reliable any more. For example, a stack
    /// overflow in the unwinder keeps a lock.
    Ending,
}
