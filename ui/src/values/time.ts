/**
 * Formats a time for people, with three significant digits and the unit that keeps the number
 * short.
 *
 * `0.0042` is `4.20 µs`, `1500` is `1.50 s`. The argument is in milliseconds.
 */
export function formatTime(milliseconds: number): string {
  const [value, unit] = inUnit(milliseconds);
  return `${significant(value)} ${unit}`;
}

/**
 * Formats a time on an axis, as short as it can be exact: `50 µs`, `2.5 ms`. The argument is in
 * milliseconds.
 */
export function formatTick(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const [value, unit] = inUnit(milliseconds);
  return `${Number(value.toPrecision(6))} ${unit}`;
}

function inUnit(milliseconds: number): [number, string] {
  const size = Math.abs(milliseconds);
  // A figure that would be rounded up to 1000 of a unit is 1 of the next.
  if (size >= 999.5) return [milliseconds / 1e3, 's'];
  if (size >= 0.9995) return [milliseconds, 'ms'];
  if (size >= 0.0009995) return [milliseconds * 1e3, 'µs'];
  return [milliseconds * 1e6, 'ns'];
}

function significant(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}
