// The address of a view of a graph: the tab, the graph, the part in view and the hidden lines.

/** A view of a graph of the panel Timings. */
export interface GraphLink {
  /** The number of the tab. */
  tab: number;
  graph: string;
  scale: 'linear' | 'log';
  /** The ends of the horizontal and of the vertical axis. */
  across: readonly [number, number];
  up: readonly [number, number];
  /** The names of the lines that are not shown. */
  hidden: readonly string[];
  /** Names and values that only this graph has, such as the phase of a distribution. */
  more: readonly (readonly [name: string, value: string])[];
}

/** The names in the address that are not a graph's own. */
const OWN = ['tab', 'graph', 'scale', 'across', 'up', 'hidden'];

/** Returns the part of an address behind `#`. */
export function writeLink({ tab, graph, scale, across, up, hidden, more }: GraphLink): string {
  const fields = new URLSearchParams({ graph, tab: String(tab), scale });
  fields.set('across', across.map(shortened).join(' '));
  fields.set('up', up.map(shortened).join(' '));
  for (const name of hidden) fields.append('hidden', name);
  for (const [name, value] of more) fields.set(name, value);
  return fields.toString();
}

/** Reads the part of an address behind `#`. Null if it names no graph. */
export function readLink(hash: string): GraphLink | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [graph, tab] = [fields.get('graph'), Number(fields.get('tab'))];
  const [across, up] = [rangeIn(fields.get('across')), rangeIn(fields.get('up'))];
  if (graph === null || !Number.isInteger(tab) || tab < 1 || !across || !up) return null;
  return {
    ...{ tab, graph, across, up },
    scale: fields.get('scale') === 'linear' ? 'linear' : 'log',
    hidden: fields.getAll('hidden'),
    more: [...fields].filter(([name]) => !OWN.includes(name)),
  };
}

function shortened(value: number): string {
  return String(Number(value.toPrecision(7)));
}

function rangeIn(text: string | null): [number, number] | null {
  const [from, to, ...others] = (text ?? '').split(' ').map(Number);
  const fits = from !== undefined && to !== undefined && others.length === 0;
  return fits && Number.isFinite(from) && Number.isFinite(to) ? [from, to] : null;
}
