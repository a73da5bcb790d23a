// The graph of ui/plot: loading its WebAssembly, and passing it the lines to draw.

import { COLOURS, LOOKS, MARKERS, PAPER, STROKES, type GraphTheme } from './look.ts';
import { concatenated, type Series } from './series.ts';
import { words as say } from '../words/graph/plot.ts';

/** A graph on a canvas. The words are those of ui/plot/src/web.rs, which says more about each. */
export interface TimingPlot {
  set_series(
    names: string[],
    colours: Uint32Array,
    markers: Uint8Array,
    strokes: Uint8Array,
    ends: Uint32Array,
    records: Float64Array,
    times: Float64Array,
  ): void;
  append(series: number, records: Float64Array, times: Float64Array): void;
  set_hidden(series: number, hidden: boolean): void;
  set_highlighted(series?: number): void;
  set_theme(
    dark: boolean,
    background: number,
    grid: number,
    text: number,
    colours: Uint32Array,
  ): void;
  set_scale(log: boolean): void;
  set_view(part: Float64Array): void;
  is_whole(): boolean;
  repaint(): void;
  points(): number;
  series(): number;
  frames(): number;
  view(): Float64Array;
  destroy(): void;
}

interface PlotModule {
  default: (from: { module_or_path: string }) => Promise<unknown>;
  start: (canvas: HTMLCanvasElement, onPanic: (message: string) => void) => Promise<TimingPlot>;
}

let loading: Promise<PlotModule> | undefined;
let panicked: string | undefined;

/**
 * Starts a graph on a canvas of the document. The first one loads the WebAssembly.
 *
 * It throws an error that can be shown if there is no WebGL 2 or if the graph cannot be loaded.
 * `onPanic` is called if it breaks down later. The canvas must not be reachable by keyboard yet,
 * because eframe takes the focus.
 */
export async function startPlot(
  canvas: HTMLCanvasElement,
  onPanic: (reason: string) => void,
): Promise<TimingPlot> {
  if (panicked !== undefined) throw new Error(panicked);
  if (!hasWebGl2()) throw new Error(say.webglNotAvailableHere);
  loading ??= load();
  const { start } = await loading.catch((error: unknown) => {
    loading = undefined;
    throw new Error(
      say.graphCouldNotLoaded(error instanceof Error ? error.message : String(error)),
    );
  });
  const plot = await start(canvas, (message) => {
    panicked = say.graphFailed(message);
    onPanic(panicked);
  });
  return plot;
}

async function load(): Promise<PlotModule> {
  const [plot, wasm] = await Promise.all([
    import('../../plot/pkg/watshop_plot.js') as unknown as Promise<PlotModule>,
    import('../../plot/pkg/watshop_plot_bg.wasm?url'),
  ]);
  await plot.default({ module_or_path: wasm.default });
  return plot;
}

function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  releaseContext(context);
  return context !== null;
}

/** Releases a context at once, because browsers have few and collect them late. */
export function releaseContext(context: WebGL2RenderingContext | null): void {
  context?.getExtension('WEBGL_lose_context')?.loseContext();
}

/**
 * Makes the plot show `next` after it has shown `before`. Figures that were added at the end are
 * appended.
 */
export function updateSeries(
  plot: TimingPlot,
  before: readonly Series[],
  next: readonly Series[],
  theme: GraphTheme,
): void {
  if (!extendsAll(before, next)) {
    setSeries(plot, next, theme);
    return;
  }
  next.forEach((series, index) => {
    const had = before[index]?.xs.length ?? 0;
    if (series.xs.length === had) return;
    plot.append(index, series.xs.subarray(had), series.ys.subarray(had));
  });
}

/** Sets the colours of a theme. */
export function setTheme(plot: TimingPlot, series: readonly Series[], theme: GraphTheme): void {
  const { background, grid, text } = PAPER[theme];
  plot.set_theme(
    theme === 'dark',
    number(background),
    number(grid),
    number(text),
    colours(series, theme),
  );
}

function setSeries(plot: TimingPlot, series: readonly Series[], theme: GraphTheme): void {
  let end = 0;
  plot.set_series(
    series.map((one) => one.name),
    colours(series, theme),
    Uint8Array.from(series, (one) => MARKERS.indexOf(LOOKS[one.phase].marker)),
    Uint8Array.from(series, (one) => STROKES.indexOf(LOOKS[one.phase].stroke)),
    Uint32Array.from(series, (one) => (end += one.xs.length)),
    concatenated(series.map((one) => one.xs)),
    concatenated(series.map((one) => one.ys)),
  );
}

function extendsAll(before: readonly Series[], next: readonly Series[]): boolean {
  return (
    before.length === next.length &&
    before.every((old, index) => {
      const one = next[index];
      return one?.name === old.name && extended(old.xs, one.xs) && extended(old.ys, one.ys);
    })
  );
}

/** Returns true if a list begins with all of another. Stored runs have the same list each time. */
function extended(before: Float64Array, next: Float64Array): boolean {
  return before === next || before.every((number, at) => next[at] === number);
}

function colours(series: readonly Series[], theme: GraphTheme): Uint32Array {
  return Uint32Array.from(series, (one) => number(COLOURS[theme][one.compiler]));
}

function number(colour: string): number {
  return parseInt(colour.slice(1), 16);
}
