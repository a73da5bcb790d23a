/** Steps of one turn, and milliseconds between two of them. */
const STEPS = 8;
const PERIOD = 250;

const moving = new Set<HTMLElement>();
let step = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Moves what shows that something is going on: `--step` counts from 0 to 7, again and again, for
 * all of the page at once. An animation of CSS, or a step of each at a time of its own, would have
 * the page drawn many times a second, by the cores that a guest is running on.
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
