/** Moves the focus to the next or previous part of the page: the tabs, the toolbar, each panel. */
export function moveFocus(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-part]')].filter((part) =>
    part.checkVisibility(),
  );
  if (parts.length === 0) return;
  const here = parts.findIndex((part) => part.contains(document.activeElement));
  // If no part has the focus, forwards begins with the first and backwards with the last.
  const next = parts.at(here < 0 ? (step > 0 ? 0 : -1) : (here + step) % parts.length);
  if (next) enter(next);
}

/** Focuses a part: the element that it marks for this, or the part itself. */
function enter(part: HTMLElement): void {
  const wanted = part.querySelector<HTMLElement>('[data-enter], .cm-content');
  (wanted ?? part).focus();
}

/** Focuses the part with a name, once it is drawn. */
export async function enterPart(name: string): Promise<void> {
  await new Promise(requestAnimationFrame);
  const part = [...document.querySelectorAll<HTMLElement>('[data-part]')].find(
    (one) => one.dataset.part === name,
  );
  if (part) enter(part);
}
