//! The requests of an instance as methods of the page.

use std::path::PathBuf;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::{Config, Dummy, TS, TypeVisitor};

use super::{Exports, GrowAnswer, InstanceMethod, MemoryPiece, Request};
use crate::bounds::MOST_MESSAGE;
use crate::page::{ExportList, InstanceView, Result, TabId, read_params};
use crate::process::Ask;

/// A request that a page may send.
pub trait PageRequest:
    Ask<Requests = Request, Answer: ForPage> + Serialize + DeserializeOwned + TS + Send + 'static
{
    /// The method of the request.
    const METHOD: InstanceMethod;

    /// The request for the instance of this tab.
    fn in_tab(self, tab: TabId) -> InTab<Self> {
        InTab { tab, request: self }
    }
}

/// An answer that a page may get.
pub trait ForPage: Send {
    /// The type of the page's reply.
    type Reply: Serialize + DeserializeOwned + TS + Send + 'static;

    /// Adds the instance's generation. An answer with exports gives them to `renew`, which gives
    /// the instance with them.
    fn of(self, generation: u32, renew: impl FnOnce(ExportList) -> InstanceView) -> Self::Reply;
}

/// What finds the runner of a tab.
pub trait Forward: Send + Sync + 'static {
    /// Passes a request on to the runner of a tab's instance. Bytes go and come with those that
    /// are marked so.
    fn forward<R: PageRequest>(
        &self,
        tab: TabId,
        request: R,
        bytes: Vec<u8>,
    ) -> impl Future<Output = Result<(<R::Answer as ForPage>::Reply, Vec<u8>)>> + Send;

    /// Writes the result of a method as JSON, as [`write_reply`](crate::page::write_reply) does. A
    /// long one must not hold the thread that answers.
    fn write<T: Serialize + Send + 'static>(
        &self,
        method: &'static str,
        most: usize,
        reply: T,
    ) -> impl Future<Output = Result<String>> + Send;
}

/// A request to the instance of a tab: `tab` stands beside the fields of the request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InTab<R> {
    /// The tab.
    pub tab: TabId,
    /// The request.
    #[serde(flatten)]
    pub request: R,
}

/// The answer of an instance: `generation` stands beside the fields of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InInstance<A> {
    /// The generation of the instance that answered. Each Run of the tab makes the next one.
    pub generation: u32,
    /// The answer.
    #[serde(flatten)]
    pub answer: A,
}

impl<'de, R: DeserializeOwned> Deserialize<'de> for InTab<R> {
    /// This is written by hand, so that the request can refuse fields that it does not know.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = serde_json::Map::deserialize(deserializer)?;
        let tab = fields.remove("tab").ok_or_else(|| D::Error::missing_field("tab"))?;
        Ok(Self {
            tab: serde_json::from_value(tab).map_err(D::Error::custom)?,
            request: serde_json::from_value(fields.into()).map_err(D::Error::custom)?,
        })
    }
}

/// Reads the parameters of a method, passes the request on, and writes the reply.
pub(super) async fn forward<R: PageRequest>(
    workbench: &impl Forward,
    params: serde_json::Value,
    bytes: Vec<u8>,
) -> Result<(String, Vec<u8>)> {
    let InTab { tab, request } = read_params(R::METHOD.name(), params)?;
    let (reply, bytes) = workbench.forward::<R>(tab, request, bytes).await?;
    Ok((workbench.write(R::METHOD.name(), MOST_MESSAGE as usize, reply).await?, bytes))
}

/// Lets a page get answers unchanged, with the generation beside them.
macro_rules! in_instance {
    ($($answer:ty)*) => {
        $(impl super::ForPage for $answer {
            type Reply = super::InInstance<Self>;

            fn of(
                self,
                generation: u32,
                _: impl FnOnce(crate::page::ExportList) -> crate::page::InstanceView,
            ) -> Self::Reply {
                super::InInstance { generation, answer: self }
            }
        })*
    };
}

impl ForPage for Exports {
    type Reply = InstanceView;

    fn of(self, _: u32, renew: impl FnOnce(ExportList) -> InstanceView) -> InstanceView {
        renew(self.exports)
    }
}

impl ForPage for GrowAnswer {
    type Reply = InInstance<MemoryPiece>;

    fn of(self, _: u32, renew: impl FnOnce(ExportList) -> InstanceView) -> Self::Reply {
        let InstanceView { generation, .. } = renew(self.exports);
        InInstance { generation, answer: MemoryPiece { pages: self.pages } }
    }
}

macro_rules! beside {
    ($generic:ident, $docs:literal, $name:literal, $beside:literal, [$($needs:ty)?]) => {
        impl<T: TS + 'static> TS for $generic<T> {
            type WithoutGenerics = $generic<Dummy>;
            type OptionInnerType = Self;

            fn docs() -> Option<String> {
                Some(concat!("/** ", $docs, " */\n").to_owned())
            }

            fn name(config: &Config) -> String {
                format!(concat!($name, "<{}>"), T::name(config))
            }

            fn inline(config: &Config) -> String {
                format!(concat!("{{ ", $beside, " }} & {}"), T::name(config))
            }

            fn decl(_: &Config) -> String {
                concat!("type ", $name, "<T> = { ", $beside, " } & T;").to_owned()
            }

            fn visit_dependencies(visitor: &mut impl TypeVisitor) {
                let _ = &visitor;
                $(visitor.visit::<$needs>();)?
            }

            fn visit_generics(visitor: &mut impl TypeVisitor) {
                visitor.visit::<T>();
            }

            fn output_path() -> Option<PathBuf> {
                Some(concat!($name, ".ts").into())
            }
        }
    };
}

beside!(InTab, "A request to the instance of a tab.", "InTab", "tab: TabId", [TabId]);
beside!(
    InInstance,
    "The answer of an instance. Each run of a tab makes the next generation.",
    "InInstance",
    "generation: number",
    []
);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::instance::{Address, ReadMemory};

    #[test]
    fn a_request_in_a_tab_is_flat_on_the_wire_and_refuses_what_it_does_not_know() {
        let request = ReadMemory { memory: "memory".into(), offset: Address(16), length: 7 };
        let asked = request.in_tab(TabId(3));
        let wire = json!({ "tab": 3, "memory": "memory", "offset": "16", "length": 7 });
        assert_eq!(serde_json::to_value(&asked).unwrap(), wire);
        assert_eq!(serde_json::from_value::<InTab<ReadMemory>>(wire.clone()).unwrap(), asked);
        for (change, why) in [
            (json!({ "fly": 1 }), "unknown field `fly`"),
            (json!({ "offset": "ten" }), "`ten` is not an address"),
            (json!({ "length": -1 }), "expected u32"),
            (json!({ "tab": null }), "invalid type: null"),
        ] {
            let mut wrong = wire.as_object().unwrap().clone();
            wrong.extend(change.as_object().unwrap().clone());
            let error = serde_json::from_value::<InTab<ReadMemory>>(wrong.into()).unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
        let no_tab = json!({ "memory": "memory", "offset": "16", "length": 7 });
        let error = serde_json::from_value::<InTab<ReadMemory>>(no_tab).unwrap_err();
        assert!(error.to_string().contains("missing field `tab`"), "{error}");
    }

    #[test]
    fn an_answer_of_an_instance_is_flat_on_the_wire() {
        let reply = InInstance { generation: 2, answer: MemoryPiece { pages: 5 } };
        let wire = json!({ "generation": 2, "pages": 5 });
        assert_eq!(serde_json::to_value(&reply).unwrap(), wire);
        assert_eq!(serde_json::from_value::<InInstance<MemoryPiece>>(wire).unwrap(), reply);
    }
}
