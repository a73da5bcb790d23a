// Prints values like a console, without running their code: getters are named, not called.
(() => {
  const DEPTH = 8;
  const ENTRIES = 100;
  /** The most values in one message, for objects that contain one another many times over. */
  const VALUES = 10000;
  /** The most letters of one message. */
  const LETTERS = 100000;

  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  const tagOf = Object.getOwnPropertyDescriptor(typed, Symbol.toStringTag).get;
  const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
  const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
  const bufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get;
  const { entries: mapEntries } = Map.prototype;
  const { values: setValues } = Set.prototype;
  const { toISOString } = Date.prototype;
  const isSource = /^[A-Za-z_$][\w$]*$/;

  /** The result of another kind's method, or undefined if the object is not of that kind. */
  const ask = (method, value) => {
    try {
      return method.call(value);
    } catch {
      return undefined;
    }
  };

  /** A property with a plain value, of the object or of a prototype. */
  const plain = (value, name) => {
    for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
      const found = Object.getOwnPropertyDescriptor(at, name);
      if (found) return found.value;
    }
    return undefined;
  };

  const number = (value) => (Object.is(value, -0) ? '-0' : String(value));
  const quoted = (text) => {
    const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
    return text.includes("'")
      ? text.includes('"')
        ? JSON.stringify(text)
        : `"${escaped}"`
      : `'${escaped}'`;
  };
  const more = (count, one, many) => `... ${count} more ${count === 1 ? one : many}`;

  const errorLine = (error) => {
    const name = plain(error, 'name');
    const message = plain(error, 'message');
    const [head, tail] = [
      name === undefined ? 'Error' : String(name),
      message === undefined ? '' : String(message),
    ];
    return head === '' || tail === '' ? head + tail : `${head}: ${tail}`;
  };

  function inspector() {
    let left = VALUES;
    const above = [];

    function show(value, isTop) {
      switch (typeof value) {
        case 'string':
          return isTop ? value : quoted(value);
        case 'number':
          return number(value);
        case 'bigint':
          return `${value}n`;
        case 'symbol':
          return value.toString();
        case 'object':
        case 'function':
          if (value === null) return 'null';
          break;
        default:
          return String(value);
      }
      if (above.includes(value)) return '[Circular]';
      if (--left < 0) return '...';
      above.push(value);
      try {
        return shape(value, isTop);
      } finally {
        above.pop();
      }
    }

    /** The first of many, and the number of the others. */
    function list(count, one, [single, several] = ['item', 'items']) {
      const shown = [];
      const most = Math.min(count, ENTRIES);
      for (let at = 0; at < most && left >= 0; at++) shown.push(one(at));
      if (count > shown.length) shown.push(more(count - shown.length, single, several));
      return shown;
    }

    function iterated(iterator, count, one) {
      return list(count, () => one(iterator.next().value));
    }

    function property(value, key) {
      const { get, set, value: own } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      const name =
        typeof key === 'symbol' ? `[${key.toString()}]` : isSource.test(key) ? key : quoted(key);
      if (get || set)
        return `${name}: [${[get && 'Getter', set && 'Setter'].filter(Boolean).join('/')}]`;
      return `${name}: ${show(own, false)}`;
    }

    function properties(value, keys) {
      return list(keys.length, (at) => property(value, keys[at]), ['property', 'properties']);
    }

    function keysOf(value) {
      return Reflect.ownKeys(value).filter(
        (key) => Object.getOwnPropertyDescriptor(value, key)?.enumerable,
      );
    }

    function braces(head, parts, [open, close] = ['{', '}']) {
      const start = head === '' ? '' : `${head} `;
      return parts.length === 0
        ? `${start}${open}${close}`
        : `${start}${open} ${parts.join(', ')} ${close}`;
    }

    function shape(value, isTop) {
      const isDeep = above.length > DEPTH;
      if (typeof value === 'function') {
        const keys = keysOf(value);
        const name = plain(value, 'name');
        const isClass = ask(Function.prototype.toString, value)?.startsWith('class');
        const text = typeof name === 'string' && name !== '' ? name : '(anonymous)';
        const head = isClass
          ? `[class ${text}]`
          : `[Function${text === '(anonymous)' ? ' ' : ': '}${text}]`;
        return keys.length === 0 || isDeep ? head : braces(head, properties(value, keys));
      }
      const prototype = Object.getPrototypeOf(value);
      const maker = prototype === null ? undefined : plain(prototype, 'constructor');
      const made = typeof maker === 'function' ? plain(maker, 'name') : undefined;
      const kind =
        prototype === null
          ? '[Object: null prototype]'
          : typeof made === 'string' && made
            ? made
            : 'Object';
      if (Error.isError ? Error.isError(value) : value instanceof Error)
        return error(value, isTop, isDeep);

      const keys = keysOf(value);
      if (Array.isArray(value)) {
        if (isDeep) return '[Array]';
        const items = elements(value);
        const extra = keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key));
        const head = kind === 'Array' ? '' : `${kind}(${value.length})`;
        return braces(head, [...items, ...properties(value, extra)], ['[', ']']);
      }
      const typedKind = ask(tagOf, value);
      if (typedKind !== undefined) {
        const items = list(value.length, (at) => show(value[at], false));
        return braces(`${typedKind}(${value.length})`, items, ['[', ']']);
      }
      const pairs = ask(mapSize, value);
      if (pairs !== undefined) {
        if (isDeep) return '[Map]';
        const pair = ([key, held]) => `${show(key, false)} => ${show(held, false)}`;
        return braces(`${kind}(${pairs})`, iterated(mapEntries.call(value), pairs, pair));
      }
      const members = ask(setSize, value);
      if (members !== undefined) {
        if (isDeep) return '[Set]';
        const member = (held) => show(held, false);
        return braces(`${kind}(${members})`, iterated(setValues.call(value), members, member));
      }
      const length = ask(bufferLength, value);
      if (length !== undefined) return `ArrayBuffer { byteLength: ${length} }`;
      const time = ask(Date.prototype.getTime, value);
      if (time !== undefined) return Number.isNaN(time) ? 'Invalid Date' : toISOString.call(value);
      if (value instanceof RegExp) return String(ask(RegExp.prototype.toString, value));
      for (const boxed of [Number, String, Boolean, Symbol, BigInt]) {
        const inner = ask(boxed.prototype.valueOf, value);
        if (inner !== undefined) return `[${boxed.name}: ${show(inner, false)}]`;
      }
      if (isDeep && keys.length > 0)
        return `[${kind === '[Object: null prototype]' ? 'Object' : kind}]`;
      const tag = plain(value, Symbol.toStringTag);
      const named =
        typeof tag === 'string' && tag !== '' && tag !== kind ? `${kind} [${tag}]` : kind;
      return braces(named === 'Object' ? '' : named, properties(value, keys));
    }

    /** The elements of an array. Empty slots in a row are counted. */
    function elements(array) {
      const shown = [];
      let at = 0;
      while (at < array.length && shown.length < ENTRIES && left >= 0) {
        const from = at;
        while (at < array.length && at - from < 1e6 && !Object.hasOwn(array, at)) at++;
        if (at > from) {
          shown.push(`<${at - from} empty item${at - from === 1 ? '' : 's'}>`);
        } else {
          const { get, set, value } = Object.getOwnPropertyDescriptor(array, at++);
          shown.push(get || set ? '[Getter]' : show(value, false));
        }
      }
      if (at < array.length) shown.push(more(array.length - at, 'item', 'items'));
      return shown;
    }

    function error(value, isTop, isDeep) {
      const line = errorLine(value);
      const head = isTop ? line : `[${line}]`;
      const own = Reflect.ownKeys(value).filter(
        (key) => !['name', 'message', 'stack'].includes(key),
      );
      const told = own.filter(
        (key) =>
          ['cause', 'errors'].includes(key) ||
          Object.getOwnPropertyDescriptor(value, key)?.enumerable,
      );
      return told.length === 0 || isDeep ? head : braces(head, properties(value, told));
    }

    return show;
  }

  /** Replaces `%s` and the like in a first argument, as consoles do. */
  function format(template, values, show) {
    const rest = [...values];
    const text = template.replaceAll(/%[sdifjoOc%]/g, (code) => {
      if (code === '%%') return '%';
      if (rest.length === 0) return code;
      const value = rest.shift();
      switch (code) {
        case '%s':
          return show(value, true);
        case '%d':
          return typeof value === 'object'
            ? 'NaN'
            : show(typeof value === 'bigint' ? value : Number(value), false);
        case '%i':
          return typeof value === 'object' ? 'NaN' : number(Number.parseInt(String(value), 10));
        case '%f':
          return typeof value === 'object' ? 'NaN' : number(Number.parseFloat(String(value)));
        case '%c':
          return '';
        default:
          return show(value, false);
      }
    });
    return [text, ...rest.map((value) => show(value, true))];
  }

  return (values) => {
    const show = inspector();
    const isTemplate =
      typeof values[0] === 'string' && values.length > 1 && values[0].includes('%');
    const parts = isTemplate
      ? format(values[0], values.slice(1), show)
      : values.map((value) => show(value, true));
    const text = parts.join(' ').toWellFormed();
    if (text.length <= LETTERS) return text;
    const left = text.length - LETTERS;
    return `${text.slice(0, LETTERS).toWellFormed()}... ${left} more character${left === 1 ? '' : 's'}`;
  };
})();
