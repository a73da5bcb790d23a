// Zooming and moving a graph that is drawn as SVG, by pointer and keys.

import { panSpan, zoomSpan } from './span.ts';
import type { GraphView } from './view.svelte.ts';

/** The place of the graph inside its picture, and the axes that can be zoomed. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  /** True if the vertical axis can be zoomed too. */
  up: boolean;
}

/** The part by which one press of a key moves the view, and the factor by which it zooms. */
const STEP = 0.1;
const FACTOR = 0.8;

/**
 * Lets a person zoom and move a graph. The wheel zooms while the graph has the focus, or with Ctrl;
 * otherwise it scrolls the panel. Dragging moves, and a double click shows everything.
 */
export function navigate(view: GraphView, frame: () => Frame) {
  return (element: SVGSVGElement) => {
    let last: { x: number; y: number } | null = null;

    const zoom = (factor: number, x = 0.5, y = 0.5): void => {
      view.across = zoomSpan(view.across, x, factor);
      if (frame().up) view.up = zoomSpan(view.up, 1 - y, factor);
    };
    const pan = (x: number, y: number): void => {
      view.across = panSpan(view.across, x);
      if (frame().up) view.up = panSpan(view.up, -y);
    };
    const at = (event: MouseEvent): [number, number] => {
      const box = element.getBoundingClientRect();
      const { left, top, width, height } = frame();
      return [
        (event.clientX - box.left - left) / width,
        (event.clientY - box.top - top) / height,
      ].map((part) => Math.min(1, Math.max(0, part))) as [number, number];
    };

    const keys = new Map([
      ['ArrowLeft', () => pan(-STEP, 0)],
      ['ArrowRight', () => pan(STEP, 0)],
      ['ArrowUp', () => pan(0, -STEP)],
      ['ArrowDown', () => pan(0, STEP)],
      ['+', () => zoom(FACTOR)],
      ['=', () => zoom(FACTOR)],
      ['-', () => zoom(1 / FACTOR)],
      ['0', () => view.reset()],
    ]);
    const key = (event: KeyboardEvent): void => {
      const act = keys.get(event.key);
      if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      act();
    };
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !element.matches(':focus')) return;
      event.preventDefault();
      zoom(2 ** (event.deltaY / 240), ...at(event));
    };
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
      last = { x: event.clientX, y: event.clientY };
    };
    const move = (event: PointerEvent): void => {
      if (!last) return;
      const { width, height } = frame();
      pan((last.x - event.clientX) / width, (last.y - event.clientY) / height);
      last = { x: event.clientX, y: event.clientY };
    };
    const release = (): void => {
      last = null;
    };
    const whole = (): void => view.reset();

    const ended = new AbortController();
    const { signal } = ended;
    element.addEventListener('keydown', key, { signal });
    element.addEventListener('wheel', wheel, { signal, passive: false });
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', release, { signal });
    element.addEventListener('pointercancel', release, { signal });
    element.addEventListener('dblclick', whole, { signal });
    return () => ended.abort();
  };
}
