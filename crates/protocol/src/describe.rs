//! The descriptions of the methods that the two lists give.

use ts_rs::TS;

/// A method, beside the types of its parameters and of its reply.
pub(crate) struct Described {
    /// On the wire.
    pub name: &'static str,
    /// Its doc comment, a line each.
    pub docs: &'static str,
    /// Whether bytes go with the request.
    pub takes_bytes: bool,
    /// Whether bytes come back with the reply.
    pub gives_bytes: bool,
}

/// A receiver of every method's description: the TypeScript, or a test that checks all methods.
pub(crate) trait Describe {
    fn method<P: TS + 'static, R: TS + 'static>(&mut self, method: Described);
}
