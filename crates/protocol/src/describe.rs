//! What the lists of methods tell of each of them.

use ts_rs::TS;

use crate::page::Method;

/// Is told of every method: for the TypeScript, and for tests that look at all of them.
pub(crate) trait Describe {
    fn method<P: TS + 'static, R: TS + 'static>(&mut self, method: Method, docs: &str);
}
