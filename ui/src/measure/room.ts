// The height of a graph that has a height of its own: it fits into the panel, if that is not too low.

/** The heights of a graph, in pixels. */
const LEAST = 192;
const USUAL = 300;

/**
 * Attaches to the element of a graph, and tells the height that it can have: as much as there is from
 * its top to the end of the part of the panel that scrolls.
 */
export function roomFor(tell: (height: number) => void): (drawing: HTMLElement) => () => void {
  return (drawing) => {
    const scrolled = drawing.closest('.all');
    const measure = (): void => {
      if (!scrolled || document.fullscreenElement?.contains(drawing)) return tell(USUAL);
      const above =
        drawing.getBoundingClientRect().top -
        scrolled.getBoundingClientRect().top +
        scrolled.scrollTop;
      tell(Math.max(LEAST, Math.min(scrolled.clientHeight - above, USUAL)));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(drawing);
    if (scrolled) observer.observe(scrolled);
    return () => observer.disconnect();
  };
}
