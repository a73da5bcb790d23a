/** Steps of one turn, and milliseconds between two of them. */
const STEPS = 8;
const PERIOD = 150;

/**
 * Moves what shows that something is going on: `--step` counts from 0 to 7, again and again. An animation of CSS would have the
 * whole page drawn 60 times a second, by the cores that a guest is running on.
 */
export function pulse(element: HTMLElement): (() => void) | undefined {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
  let step = 0;
  const timer = setInterval(() => {
    step = (step + 1) % STEPS;
    element.style.setProperty('--step', String(step));
  }, PERIOD);
  return () => clearInterval(timer);
}
