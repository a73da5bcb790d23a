/** The steps of one turn, and the milliseconds between two of them. */
const STEPS = 8;
const PERIOD = 250;

const moving = new Set<HTMLElement>();
let step = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Moves an element that shows an activity: `--step` counts from 0 to 7, again and again, for the
 * whole page at once. A CSS animation, or a separate timer for each element, would repaint the page
 * many times a second, on the cores that a guest needs.
 */
export function pulse(element: HTMLElement): (() => void) | undefined {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
  moving.add(element);
  timer ??= setInterval(turn, PERIOD);
  return () => {
    moving.delete(element);
    if (moving.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function turn(): void {
  step = (step + 1) % STEPS;
  for (const element of moving) element.style.setProperty('--step', String(step));
}
