//! The descriptions of the methods that the two lists give.

use ts_rs::TS;

use crate::page::Method;

/// A receiver of every method's description: the TypeScript, or a test that checks all methods.
pub(crate) trait Describe {
    fn method<P: TS + 'static, R: TS + 'static>(&mut self, method: Method, docs: &str);
}
