// The view of a graph: the part that is seen, and the lines that are hidden.

import { WHOLE, isWhole, type Span } from './span.ts';

/** The view of one graph. */
export class GraphView {
  /** The part of the horizontal axis. */
  across: Span = $state.raw(WHOLE);
  /** The part of the vertical axis. */
  up: Span = $state.raw(WHOLE);
  /** The names whose figures are not shown. */
  hidden: readonly string[] = $state.raw([]);

  /** The name of the graph. */
  readonly graph: string;

  constructor(graph: string) {
    this.graph = graph;
  }

  /** True if all of the graph is seen. */
  get whole(): boolean {
    return isWhole(this.across) && isWhole(this.up);
  }

  /** Shows all of the graph. */
  reset(): void {
    [this.across, this.up] = [WHOLE, WHOLE];
  }

  /** Hides the figures of a name, or shows them again. */
  toggle(name: string): void {
    this.hidden = this.hidden.includes(name)
      ? this.hidden.filter((one) => one !== name)
      : [...this.hidden, name];
  }
}

const VIEWS = new WeakMap<object, GraphView[]>();

/** Returns the view of a graph of an owner, which is a tab. It lives as long as the owner. */
export function viewOf(owner: object, graph: string): GraphView {
  const views = VIEWS.get(owner) ?? [];
  VIEWS.set(owner, views);
  const known = views.find((view) => view.graph === graph);
  if (known) return known;
  const made = new GraphView(graph);
  views.push(made);
  return made;
}
