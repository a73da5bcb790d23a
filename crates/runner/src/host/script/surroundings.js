(host, shown) => {
  // Externals are looked up by name when they are used: a start function runs before the exports
  // exist.
  const lookup = (kind, make) => {
    const made = new Map();
    return new Proxy(
      {},
      {
        has: (_, name) => host.names(kind).includes(name),
        ownKeys: () => host.names(kind),
        getOwnPropertyDescriptor: (_, name) =>
          host.names(kind).includes(name)
            ? { enumerable: true, configurable: true, value: get(name) }
            : undefined,
        get: (_, name) => get(name),
      },
    );
    function get(name) {
      if (typeof name !== 'string' || !host.names(kind).includes(name)) return undefined;
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name);
    }
  };

  // Strings without lone surrogates, which UTF-8 does not have.
  const encode = (text) => new Uint8Array(host.encode(String(text).toWellFormed()));

  const bytesOf = (value) => {
    if (typeof value === 'string') return encode(value);
    if (value instanceof Uint8Array) return value;
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (ArrayBuffer.isView(value))
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return Uint8Array.from(value);
  };

  const memory = (name) => {
    const view = (at, length) => new DataView(host.read(name, at, length));
    const put = (at, length, fill) => {
      const bytes = new Uint8Array(length);
      fill(new DataView(bytes.buffer));
      host.write(name, at, bytes);
    };
    const self = {
      get buffer() {
        return host.buffer(name);
      },
      get pages() {
        return host.pages(name);
      },
      get byteLength() {
        return host.pages(name) * 65536;
      },
      slice: (at, length) => new Uint8Array(host.read(name, at, length)),
      text: (at, length) => {
        if (length !== undefined) return host.decode(self.slice(at, length), false);
        const bytes = [];
        const size = self.byteLength;
        for (let from = at; from < size; from += 256) {
          const piece = self.slice(from, Math.min(256, size - from));
          const end = piece.indexOf(0);
          bytes.push(...(end < 0 ? piece : piece.subarray(0, end)));
          if (end >= 0) return host.decode(Uint8Array.from(bytes), false);
        }
        throw new RangeError(`the string at ${at} has no NUL before the end of the memory`);
      },
      write: (at, bytes) => host.write(name, at, bytesOf(bytes)),
      grow: (pages) => host.grow(name, pages),
    };
    for (const [short, long, size] of [
      ['u8', 'Uint8', 1],
      ['i8', 'Int8', 1],
      ['u16', 'Uint16', 2],
      ['i16', 'Int16', 2],
      ['u32', 'Uint32', 4],
      ['i32', 'Int32', 4],
      ['f32', 'Float32', 4],
      ['u64', 'BigUint64', 8],
      ['i64', 'BigInt64', 8],
      ['f64', 'Float64', 8],
    ]) {
      // It reads with one argument and writes with two, little-endian like WebAssembly.
      self[short] = (at, ...values) =>
        values.length === 0
          ? view(at, size)[`get${long}`](0, true)
          : put(at, size, (to) => to[`set${long}`](0, values[0], true));
    }
    return Object.freeze(self);
  };

  const table = (name) =>
    Object.freeze({
      get length() {
        return host.size(name);
      },
      get: (at) => host.element(name, at),
      set: (at, value = null) => host.setElement(name, at, value),
      grow: (by, value = null) => host.growTable(name, by, value),
    });

  const global = (name) =>
    Object.freeze({
      get value() {
        return host.get(name);
      },
      set value(value) {
        host.set(name, value);
      },
      valueOf: () => host.get(name),
    });

  class TextDecoder {
    #fatal;
    #ignoreBOM;
    constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
      if (!['utf-8', 'utf8', 'unicode-1-1-utf-8'].includes(String(label).trim().toLowerCase())) {
        throw new RangeError(`TextDecoder reads utf-8 here, and no ${label}`);
      }
      this.#fatal = Boolean(fatal);
      this.#ignoreBOM = Boolean(ignoreBOM);
    }
    get encoding() {
      return 'utf-8';
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBOM;
    }
    decode(bytes = []) {
      const text = host.decode(bytesOf(bytes), this.#fatal);
      return text.startsWith('\ufeff') && !this.#ignoreBOM ? text.slice(1) : text;
    }
  }

  class TextEncoder {
    get encoding() {
      return 'utf-8';
    }
    encode(text = '') {
      return encode(text);
    }
    encodeInto(text, to) {
      let [read, written] = [0, 0];
      for (const letter of String(text)) {
        const bytes = encode(letter);
        if (written + bytes.length > to.length) break;
        to.set(bytes, written);
        read += letter.length;
        written += bytes.length;
      }
      return { read, written };
    }
  }

  // References, by their numbers in Rust (`references.rs`).
  const numbered = (make) => {
    const made = [];
    const numbers = new WeakMap();
    return {
      of(number) {
        if (!(number in made)) {
          made[number] = make(number);
          numbers.set(made[number], number);
        }
        return made[number];
      },
      numberOf: (value) => numbers.get(value),
    };
  };
  const callables = numbered(
    (number) =>
      (...given) =>
        host.call(number, given),
  );
  const foreigners = numbered(() =>
    Object.freeze({ toString: () => 'externref', [Symbol.toStringTag]: 'externref' }),
  );
  const own = [];
  const ownNumbers = new Map();
  const ownNumber = (value) => {
    if (!ownNumbers.has(value)) ownNumbers.set(value, own.push(value) - 1);
    return ownNumbers.get(value);
  };

  // Buffers of memories, for as long as they are in use (`buffers.rs`).
  const buffers = new Map();

  const memories = lookup('memory', memory);
  const tables = lookup('table', table);
  const first = (kind, all) => ({
    get: () => {
      const [name] = host.names(kind);
      const why = name === undefined ? host.whyNone() : undefined;
      if (why !== undefined) throw new Error(why);
      return all[name];
    },
    enumerable: true,
  });
  const print = (...values) => {
    let text;
    try {
      text = shown(values);
    } catch (error) {
      text = `(a value that cannot be shown: ${error?.message})`;
    }
    host.print(`${text}\n`);
  };
  Object.defineProperties(globalThis, {
    memories: { value: memories },
    tables: { value: tables },
    memory: first('memory', memories),
    table: first('table', tables),
    globals: { value: lookup('global', global) },
    exports: { value: lookup('function', (name) => host.exported(name)) },
    TextDecoder: { value: TextDecoder, writable: true, configurable: true },
    TextEncoder: { value: TextEncoder, writable: true, configurable: true },
    // It runs in a promise, so that its errors are reported like those of a promise.
    queueMicrotask: {
      value: (job) => void Promise.resolve().then(() => job()),
      writable: true,
      configurable: true,
    },
    console: {
      value: Object.freeze({ log: print, info: print, warn: print, error: print, debug: print }),
    },
  });
  return {
    callable: callables.of,
    callableNumber: callables.numberOf,
    foreign: foreigners.of,
    foreignNumber: foreigners.numberOf,
    own: (number) => own[number],
    ownNumber,
    buffer: (name) => buffers.get(name)?.deref(),
    keepBuffer: (name, buffer) => void buffers.set(name, new WeakRef(buffer)),
  };
};
