(host) => {
  // Things are looked up by name when they are used: while a start function runs, there are no exports yet.
  const lookup = (kind, make) => {
    const made = new Map();
    return new Proxy(
      {},
      {
        has: (_, name) => host.names(kind).includes(name),
        ownKeys: () => host.names(kind),
        getOwnPropertyDescriptor: (_, name) =>
          host.names(kind).includes(name) ? { enumerable: true, configurable: true, value: get(name) } : undefined,
        get: (_, name) => get(name),
      },
    );
    function get(name) {
      if (typeof name !== 'string' || !host.names(kind).includes(name)) return undefined;
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name);
    }
  };

  const decode = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length;) {
      const lead = bytes[i++];
      const more = lead < 0x80 ? 0 : lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : -1;
      let code = more < 0 || lead >= 0xf5 ? 0xfffd : more === 0 ? lead : lead & (0x3f >> more);
      if (code !== 0xfffd || more > 0) {
        for (let n = 0; n < more; n++) {
          if (i >= bytes.length || (bytes[i] & 0xc0) !== 0x80) {
            code = 0xfffd;
            break;
          }
          code = (code << 6) | (bytes[i++] & 0x3f);
        }
      }
      text += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
    }
    return text;
  };

  const encode = (text) => {
    const bytes = [];
    for (const letter of String(text)) {
      const code = letter.codePointAt(0);
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
      else
        bytes.push(
          0xf0 | (code >> 18),
          0x80 | ((code >> 12) & 0x3f),
          0x80 | ((code >> 6) & 0x3f),
          0x80 | (code & 0x3f),
        );
    }
    return Uint8Array.from(bytes);
  };

  const bytesOf = (value) => {
    if (typeof value === 'string') return encode(value);
    if (value instanceof Uint8Array) return value;
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
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
        throw new TypeError(
          'memory.buffer is not here; memory.slice(at, length) reads, memory.write(at, bytes) writes',
        );
      },
      get pages() {
        return host.pages(name);
      },
      get byteLength() {
        return host.pages(name) * 65536;
      },
      slice: (at, length) => new Uint8Array(host.read(name, at, length)),
      text: (at, length) => {
        if (length !== undefined) return decode(self.slice(at, length));
        const bytes = [];
        const size = self.byteLength;
        for (let from = at; from < size; from += 256) {
          const piece = self.slice(from, Math.min(256, size - from));
          const end = piece.indexOf(0);
          bytes.push(...(end < 0 ? piece : piece.subarray(0, end)));
          if (end >= 0) return decode(bytes);
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
      // With one argument it reads, with two it writes; little-endian, as WebAssembly is.
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
      get:
        (at) =>
        (...given) =>
          host.callElement(name, at, given),
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

  const memories = lookup('memory', memory);
  const tables = lookup('table', table);
  const first = (kind, all) => ({
    get: () => all[host.names(kind)[0]],
    enumerable: true,
  });
  const show = (value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'object' && value !== null) {
      try {
        return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner));
      } catch {
        return String(value);
      }
    }
    return String(value);
  };
  const print = (...values) => host.print(`${values.map(show).join(' ')}\n`);
  Object.defineProperties(globalThis, {
    memories: { value: memories },
    tables: { value: tables },
    memory: first('memory', memories),
    table: first('table', tables),
    globals: { value: lookup('global', global) },
    exports: {
      value: lookup(
        'function',
        (name) =>
          (...given) =>
            host.call(name, ...given),
      ),
    },
    console: { value: Object.freeze({ log: print, info: print, warn: print, error: print, debug: print }) },
  });
};
