//! The code that is made from the list of an instance's requests.

use crate::say;
use serde_json::value::RawValue;

use crate::page::{Error, ErrorCode, Result, too_large_error};

/// The most bytes of an answer's JSON. It is more than the imports and exports of a module of 100 MB
/// usually take, and less than makes the workbench run out of memory.
const MOST_ANSWER: usize = 256 << 20;

/// An answer for the pipe, with its bytes.
pub type EncodedAnswer = (Box<RawValue>, Vec<u8>);

/// Serialises an answer.
pub(super) fn write(answer: &impl serde::Serialize, bytes: Vec<u8>) -> Result<EncodedAnswer> {
    let written = serde_json::value::to_raw_value(answer).map_err(|error| {
        Error::new(ErrorCode::BadRequest, say!("The answer cannot be written: {error}."))
    })?;
    if written.get().len() > MOST_ANSWER {
        return Err(too_large_error("The answer of the runner", MOST_ANSWER));
    }
    Ok((written, bytes))
}

macro_rules! instance {
    ($(
        $(#[doc = $thread_doc:literal])+
        $thread:ident / $requests:ident $($thread_flag:ident)? {
            page {$(
                $(#[doc = $doc:literal])+
                $name:literal $request:ident / $function:ident
                { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* }
                -> $answer:ty $(, $flag:ident)?;
            )+}
            workbench {$(
                $(#[doc = $own_doc:literal])+
                $own:ident / $own_function:ident
                { $($(#[doc = $own_field_doc:literal])+ $own_field:ident: $own_type:ty,)* }
                -> $own_answer:ty $(, $own_flag:ident)?;
            )*}
        }
    )+) => {
        /// A request to a runner, by the thread that answers it.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(clippy::large_enum_variant, reason = "one request at a time is moved")]
        pub enum Request {
            $($(#[doc = $thread_doc])+ $thread($requests),)+
        }

        /// The methods of the page that its runner answers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum InstanceMethod {
            $($($(#[doc = $doc])+ $request,)+)+
        }

        impl InstanceMethod {
            /// All methods.
            pub const ALL: &'static [Self] = &[$($(Self::$request,)+)+];

            /// The name on the wire.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$request => $name,)+)+ }
            }

            /// The method of a name.
            pub fn find(name: &str) -> Option<Self> {
                match name { $($($name => Some(Self::$request),)+)+ _ => None }
            }

            /// Returns true if the method changes the instance from outside. The error is `busy` if
            /// a run or a call is in progress.
            pub fn takes_tab(self) -> bool {
                match self { $($(Self::$request)|+ => instance!(@has takes_tab $($thread_flag)?),)+ }
            }

            /// Returns true if bytes go with the request.
            pub fn takes_bytes(self) -> bool {
                match self { $($(Self::$request => instance!(@has takes_bytes $($flag)?),)+)+ }
            }

            /// Returns true if bytes come with the reply.
            pub fn gives_bytes(self) -> bool {
                match self { $($(Self::$request => instance!(@has gives_bytes $($flag)?),)+)+ }
            }

            /// Whether it names files of the host. It follows from the types of its parameters.
            pub fn names_host_files(self) -> bool {
                match self { $($(Self::$request => false $(|| <$type as Parameter>::NAMES_HOST_FILE)*,)+)+ }
            }
        }

        $(
            $(#[doc = $thread_doc])+
            pub trait $thread {
                $(instance!{@function [$(#[doc = $doc])+] $function($request) -> $answer, [$($flag)?]})+
                $(instance!{@function [$(#[doc = $own_doc])+] $own_function($own) -> $own_answer, [$($own_flag)?]})*
            }

            $(#[doc = $thread_doc])+
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            #[allow(
                clippy::large_enum_variant,
                reason = "one request at a time is moved; it speaks of one thread's requests"
            )]
            pub enum $requests {
                $($(#[doc = $doc])+ $request($request),)+
                $($(#[doc = $own_doc])+ $own($own),)*
            }

            impl $requests {
                /// Finds the function, calls it, and serialises its answer. `bytes` are those of
                /// the request.
                ///
                /// # Errors
                ///
                /// Those of the function.
                pub fn answer(self, by: &mut impl $thread, bytes: &[u8]) -> Result<EncodedAnswer> {
                    match self {
                        $(Self::$request(asked) => instance!(@ask by, $function, asked, bytes, [$($flag)?]),)+
                        $(Self::$own(asked) => instance!(@ask by, $own_function, asked, bytes, [$($own_flag)?]),)*
                    }
                }
            }

            impl From<$requests> for Request {
                fn from(request: $requests) -> Self {
                    Self::$thread(request)
                }
            }

            $(
                $(#[doc = $doc])+
                #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
                #[serde(deny_unknown_fields)]
                pub struct $request { $($(#[doc = $field_doc])+ pub $field: $type,)* }

                instance!{@ask_of $request, $thread, $requests, $answer}

                impl PageRequest for $request {
                    const METHOD: InstanceMethod = InstanceMethod::$request;
                }
            )+

            $(
                $(#[doc = $own_doc])+
                #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
                #[serde(deny_unknown_fields)]
                pub struct $own { $($(#[doc = $own_field_doc])+ pub $own_field: $own_type,)* }

                instance!{@ask_of $own, $thread, $requests, $own_answer}
            )*
        )+

        /// Reads the parameters of a method and passes the request on.
        pub(crate) async fn dispatch(
            workbench: &impl Forward,
            method: InstanceMethod,
            params: serde_json::Value,
            bytes: Vec<u8>,
        ) -> Result<(String, Vec<u8>)> {
            match method {
                $($(InstanceMethod::$request =>
                    page::forward::<$request>(workbench, params, bytes).await,)+)+
            }
        }

        /// Tells of every method of the page, for the TypeScript.
        pub(crate) fn describe(to: &mut impl Describe) {
            $($(to.method::<InTab<$request>, <$answer as ForPage>::Reply>(Described {
                name: $name,
                docs: concat!($($doc, "\n"),+),
                takes_bytes: InstanceMethod::$request.takes_bytes(),
                gives_bytes: InstanceMethod::$request.gives_bytes(),
            });)+)+
        }
    };
    (@ask_of $request:ident, $thread:ident, $requests:ident, $answer:ty) => {
        impl From<$request> for $requests {
            fn from(request: $request) -> Self {
                Self::$request(request)
            }
        }

        impl From<$request> for Request {
            fn from(request: $request) -> Self {
                Self::$thread($requests::$request(request))
            }
        }

        impl Ask for $request {
            type Requests = Request;
            type Answer = $answer;
        }
    };
    (@function [$($docs:tt)+] $function:ident($request:ty) -> $answer:ty, []) => {
        $($docs)+
        ///
        /// # Errors
        ///
        /// The errors that the request can be answered with.
        fn $function(&mut self, asked: $request) -> Result<$answer>;
    };
    (@function [$($docs:tt)+] $function:ident($request:ty) -> $answer:ty, [takes_bytes]) => {
        $($docs)+
        ///
        /// # Errors
        ///
        /// The errors that the request can be answered with.
        fn $function(&mut self, asked: $request, bytes: &[u8]) -> Result<$answer>;
    };
    (@function [$($docs:tt)+] $function:ident($request:ty) -> $answer:ty, [gives_bytes]) => {
        $($docs)+
        ///
        /// # Errors
        ///
        /// The errors that the request can be answered with.
        fn $function(&mut self, asked: $request) -> Result<($answer, Vec<u8>)>;
    };
    (@ask $by:ident, $function:ident, $asked:ident, $bytes:ident, []) => {{
        let _: &[u8] = $bytes;
        contract::write(&$by.$function($asked)?, Vec::new())
    }};
    (@ask $by:ident, $function:ident, $asked:ident, $bytes:ident, [takes_bytes]) => {
        contract::write(&$by.$function($asked, $bytes)?, Vec::new())
    };
    (@ask $by:ident, $function:ident, $asked:ident, $bytes:ident, [gives_bytes]) => {{
        let (answer, bytes) = $by.$function($asked)?;
        contract::write(&answer, bytes)
    }};
    (@has $wanted:ident) => { false };
    (@has takes_tab takes_tab) => { true };
    (@has takes_bytes takes_bytes) => { true };
    (@has gives_bytes gives_bytes) => { true };
    (@has $wanted:ident $other:ident) => { false };
}
