//! Provides `memory.buffer`: a linear memory itself as an `ArrayBuffer`, without a copy.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use rquickjs::{ArrayBuffer, ArrayBufferSource, Ctx, Function as Script, Object};
use wasmer::{Memory, StoreMut};

use super::{ScriptEngine, lent};

/// The longest `ArrayBuffer` of QuickJS, which counts in an `int`.
const LONGEST: u64 = i32::MAX as u64;

/// The base and length of a memory.
type Extent = (usize, usize);

/// The buffers that JavaScript was given and may still have.
#[derive(Default)]
pub struct Buffers(RefCell<Vec<LentBuffer>>);

/// A buffer. JavaScript keeps it by the memory's name, weakly (`surroundings.js`).
struct LentBuffer {
    name: Arc<str>,
    memory: Memory,
    extent: Extent,
    /// Dead as soon as the buffer is gone.
    alive: Weak<()>,
}

/// The bytes behind a buffer.
struct BufferOwner {
    extent: Extent,
    _alive: Arc<()>,
}

#[expect(unsafe_code, reason = "JavaScript gets the guest's memory without a copy")]
// SAFETY: the bytes exist as long as the store, and stay in their place: a memory of Wasmer 7.5
// reserves all of its address range (`MemoryStyle::Static`, the only style), grows in place and
// never shrinks. JavaScript runs only inside of a host call of that store, on the one thread that
// runs its guest too, so it cannot use a buffer after the store is gone. The answering thread
// writes meanwhile only through the kernel (`crate::memory`).
unsafe impl ArrayBufferSource for BufferOwner {
    fn as_ptr(&self) -> *mut u8 {
        self.extent.0 as *mut u8
    }

    fn len(&self) -> usize {
        self.extent.1
    }
}

fn extent(store: &StoreMut<'_>, memory: &Memory) -> Extent {
    let view = memory.view(store);
    (view.data_ptr() as usize, usize::try_from(view.data_size()).unwrap_or_default())
}

impl Buffers {
    /// The buffer of a memory. It is the same one until the memory grows.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub fn give<'js>(
        &self,
        ctx: &Ctx<'js>,
        engine: &ScriptEngine,
        name: &str,
    ) -> Result<ArrayBuffer<'js>, String> {
        let failed = |error: rquickjs::Error| error.to_string();
        self.refresh(ctx, engine)?;
        let (name, memory, extent) = lent::take(|store| {
            let scope = engine.scope()?;
            let (name, memory) = scope.memory(Some(name))?;
            Ok::<_, String>((Arc::clone(name), memory.clone(), extent(store, memory)))
        })
        .unwrap_or_else(|| Err(super::NOT_NOW.to_owned()))?;
        engine.touch(|touches| touches.unlisted(&name));
        let bridge = engine.bridge(ctx)?;
        if self.0.borrow().iter().any(|given| given.name == name)
            && let Some(known) = buffer_of(&bridge, &name).map_err(failed)?
        {
            return Ok(known);
        }
        if extent.1 as u64 > LONGEST {
            return Err(format!(
                "the memory has {} bytes, and an ArrayBuffer of QuickJS at most {LONGEST}; memory.slice and \
                 memory.write reach all of it",
                extent.1
            ));
        }
        let alive = Arc::new(());
        let given = LentBuffer { name, memory, extent, alive: Arc::downgrade(&alive) };
        let buffer = ArrayBuffer::from_source(ctx.clone(), BufferOwner { extent, _alive: alive })
            .map_err(failed)?;
        let keep: Script<'js> = bridge.get("keepBuffer").map_err(failed)?;
        keep.call::<_, ()>((&*given.name, buffer.clone())).map_err(failed)?;
        self.0.borrow_mut().push(given);
        Ok(buffer)
    }

    /// Detaches the buffers of memories that have grown, as the JavaScript interface demands: views
    /// of them are empty from here on. Any call may read and write the other buffers from now on,
    /// and is recorded so.
    ///
    /// # Errors
    ///
    /// A sentence if QuickJS refuses.
    pub fn refresh(&self, ctx: &Ctx<'_>, engine: &ScriptEngine) -> Result<(), String> {
        if self.0.borrow().is_empty() {
            return Ok(());
        }
        let mut grown = Vec::new();
        let looked = lent::take(|store| {
            self.0.borrow_mut().retain(|given| {
                let same = extent(store, &given.memory) == given.extent;
                let alive = given.alive.strong_count() > 0;
                if alive && !same {
                    grown.push(Arc::clone(&given.name));
                }
                alive && same
            });
        });
        looked.ok_or(super::NOT_NOW)?;
        for name in grown {
            if let Some(mut buffer) =
                buffer_of(&engine.bridge(ctx)?, &name).map_err(|error| error.to_string())?
            {
                buffer.detach();
            }
        }
        engine.touch(|touches| {
            self.0.borrow().iter().for_each(|given| touches.unlisted(&given.name));
        });
        Ok(())
    }
}

/// The buffer that JavaScript has for this name.
fn buffer_of<'js>(bridge: &Object<'js>, name: &str) -> rquickjs::Result<Option<ArrayBuffer<'js>>> {
    bridge.get::<_, Script<'js>>("buffer")?.call((name,))
}
