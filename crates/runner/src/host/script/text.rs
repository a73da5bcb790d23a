//! UTF-8 for the `TextDecoder` and `TextEncoder` that QuickJS lacks.

use rquickjs::{ArrayBuffer, Ctx, Exception, Result, TypedArray};

/// Decodes bytes as UTF-8. Invalid bytes become U+FFFD, or throw an exception if `fatal` is true.
#[allow(clippy::needless_pass_by_value, reason = "as rquickjs hands arguments over")]
pub fn decode<'js>(ctx: Ctx<'js>, bytes: TypedArray<'js, u8>, fatal: bool) -> Result<String> {
    #[expect(unsafe_code, reason = "JavaScript could change the bytes while they are borrowed")]
    // SAFETY: no JavaScript runs until the bytes are copied, which happens at once. They may lie in
    // the guest's memory, which a viewer may change.
    let bytes = unsafe { bytes.as_bytes() }.map(<[u8]>::to_vec);
    let bytes = bytes
        .ok_or_else(|| Exception::throw_type(&ctx, "the bytes are gone: the memory has grown"))?;
    String::from_utf8(bytes).or_else(|error| match fatal {
        true => Err(Exception::throw_type(&ctx, &format!("invalid UTF-8: {error}"))),
        false => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    })
}

/// The bytes of a text.
#[allow(clippy::needless_pass_by_value, reason = "as rquickjs hands arguments over")]
pub fn encode(ctx: Ctx<'_>, text: String) -> Result<ArrayBuffer<'_>> {
    ArrayBuffer::new(ctx, text.into_bytes())
}
