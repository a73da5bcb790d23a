// Modules that have many or large parts, made as binaries. They are small as files, so that only the
// parts count.

const text = new TextEncoder();

/** Returns an unsigned number as LEB128. */
function number(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}

const bytes = (...values) => Buffer.from(values);
const named = (name) => {
  const letters = text.encode(name);
  return Buffer.concat([number(letters.length), letters]);
};
const list = (items) => Buffer.concat([number(items.length), ...items]);
const section = (id, content) => Buffer.concat([bytes(id), number(content.length), content]);
const custom = (name, content = bytes()) => section(0, Buffer.concat([named(name), content]));
const module = (...sections) =>
  Buffer.concat([bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), ...sections]);
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));

const KINDS = [0x7f, 0x7e, 0x7d, 0x7c];
/** Returns a function type. `variant` makes types that differ. */
function type(params, results = 0, variant = 0) {
  const value = (at) => bytes(KINDS[(variant >>> (2 * (at % 12))) & 3]);
  return Buffer.concat([bytes(0x60), list(many(params, value)), list(many(results, value))]);
}

const types = (...all) => section(1, list(all));
const imports = (all) => section(2, list(all));
const functions = (all) => section(3, list(all.map(number)));
const exports = (all) => section(7, list(all));
const code = (all) =>
  section(10, list(all.map((body) => Buffer.concat([number(body.length), body]))));
const names = (...parts) => custom('name', Buffer.concat(parts));

const exported = (name, kind, index) => Buffer.concat([named(name), bytes(kind), number(index)]);
const functionNames = (all) =>
  section(1, list(all.map((name, index) => Buffer.concat([number(index), named(name)]))));

/** The body of a function that does not return. It fits every type. */
const TRAP = bytes(0, 0, 0x0b);
const EMPTY = bytes(0, 0x0b);

/** Exports of one function. */
export const exportsOf = (count, params = 0, results = 0) =>
  module(
    types(type(params, results)),
    functions([0]),
    exports(many(count, (n) => exported(`f${n}`, 0, 0))),
    code([TRAP]),
  );

/** Exports of functions of as many types. */
export const typesOf = (count, params) =>
  module(
    types(...many(count, (n) => type(params, 0, n))),
    functions(many(count, (n) => n)),
    exports(many(count, (n) => exported(`f${n}`, 0, n))),
    code(many(count, () => TRAP)),
  );

/** Exported globals, whose values are read again and again. */
export const globalsOf = (count) =>
  module(
    section(6, list([bytes(0x7f, 1, 0x41, 7, 0x0b)])),
    exports(many(count, (n) => exported(`g${n}`, 3, 0))),
  );

/** Function imports. */
export const importsOf = (count, params = 0) =>
  module(
    types(type(params)),
    imports(many(count, (n) => Buffer.concat([named('m'), named(`f${n}`), bytes(0, 0)]))),
  );

/** Functions that do nothing. */
export const functionsOf = (count) =>
  module(types(type(0)), functions(many(count, () => 0)), code(many(count, () => EMPTY)));

/** Calls of one function with a long name. */
export const callsOf = (count, letters) =>
  module(
    types(type(0)),
    functions([0, 0]),
    code([EMPTY, Buffer.concat([bytes(0), ...many(count, () => bytes(0x10, 0)), bytes(0x0b)])]),
    names(functionNames(['x'.repeat(letters)])),
  );

/** Functions with long names that call one another, and the last one traps. */
export const deepOf = (count, letters) =>
  module(
    types(type(0)),
    functions(many(count, () => 0)),
    exports([exported('go', 0, 0)]),
    code(
      many(count, (n) =>
        n + 1 === count ? TRAP : Buffer.concat([bytes(0, 0x10), number(n + 1), bytes(0x0b)]),
      ),
    ),
    names(functionNames(many(count, (n) => `${n}${'x'.repeat(letters)}`))),
  );

/** Functions with names. */
export const namesOf = (count, letters = 8) =>
  module(
    types(type(0)),
    functions(many(count, () => 0)),
    code(many(count, () => EMPTY)),
    names(functionNames(many(count, (n) => `${n}`.padEnd(letters, 'x')))),
  );

/** Exports with long names. */
export const longExportsOf = (count, letters) =>
  module(
    types(type(0)),
    functions([0]),
    exports(many(count, (n) => exported(`${n}`.padEnd(letters, 'x'), 0, 0))),
    code([EMPTY]),
  );

/** Imports with long names. */
export const longImportsOf = (count, letters) =>
  module(
    types(type(0)),
    imports(
      many(count, (n) =>
        Buffer.concat([named('m'), named(`${n}`.padEnd(letters, 'x')), bytes(0, 0)]),
      ),
    ),
  );

/** Custom sections. */
export const customsOf = (count, letters = 1) =>
  module(Buffer.concat(many(count, () => custom('y'.repeat(letters)))));

/** Active data segments of one byte each. */
export const dataOf = (count) =>
  module(
    section(5, list([bytes(0, 1)])),
    exports([exported('memory', 2, 0)]),
    section(11, list(many(count, () => bytes(0, 0x41, 0, 0x0b, 1, 0x61)))),
  );

/** A table whose elements are one function with a long name. */
export const tableOf = (count, letters = 8) =>
  module(
    types(type(0)),
    functions([0]),
    section(4, list([Buffer.concat([bytes(0x70, 0), number(count)])])),
    exports([exported('table', 1, 0), exported('z'.repeat(letters), 0, 0)]),
    section(9, list([Buffer.concat([bytes(0, 0x41, 0, 0x0b), list(many(count, () => bytes(0)))])])),
    code([EMPTY]),
  );

/** A module with one function, which is exported as `go`. */
const going = (body) =>
  module(
    types(type(0)),
    functions([0]),
    exports([exported('go', 0, 0)]),
    code([Buffer.concat([bytes(0), ...body, bytes(0x0b)])]),
  );

/** Blocks within blocks in one function. */
export const nestedOf = (count) =>
  going([...many(count, () => bytes(0x02, 0x40)), ...many(count, () => bytes(0x0b))]);

/** One jump with many targets, all of them the function's end. */
export const jumpsOf = (count) =>
  going([bytes(0x41, 0, 0x0e), number(count), Buffer.alloc(count + 1)]);

/** Names of a function's locals. */
export const localsOf = (count, letters = 8) =>
  module(
    types(type(0)),
    functions([0]),
    code([Buffer.concat([number(1), number(count), bytes(0x7f, 0x0b)])]),
    names(
      section(
        2,
        list([
          Buffer.concat([
            number(0),
            list(
              many(count, (n) => Buffer.concat([number(n), named(`${n}`.padEnd(letters, 'x'))])),
            ),
          ]),
        ]),
      ),
    ),
  );

/** Passive element segments of one function each. */
export const elementsOf = (count) =>
  module(
    types(type(0)),
    functions([0]),
    section(9, list(many(count, () => bytes(1, 0, 1, 0)))),
    code([EMPTY]),
  );

/** Memories of one page, which need the proposal multi-memory. */
export const memoriesOf = (count) => module(section(5, list(many(count, () => bytes(0, 1)))));

/** Functions of many locals, which cost nothing in the file. */
export const manyLocalsOf = (count, locals) =>
  module(
    types(type(0)),
    functions(many(count, () => 0)),
    code(many(count, () => Buffer.concat([number(1), number(locals), bytes(0x7f, 0x0b)]))),
  );

/** Types that nothing uses. */
export const unusedTypesOf = (count) => module(section(1, list(many(count, () => type(0)))));
