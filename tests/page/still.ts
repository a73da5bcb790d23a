// The parts of the page that may not scroll.

/** Parts of the page that may not move, and those of them that do. */
export function moving(): string[] {
  const still =
    'html, body, .page, header, .middle, main, .toolbar, .status, .dock, .dv-view, .dv-groupview, .dv-content-container, .dv-shell';
  return [...document.querySelectorAll<HTMLElement>(still)]
    .filter((part) => {
      const { scrollTop, scrollLeft } = part;
      part.scrollTop = part.scrollLeft = 40;
      const moved = part.scrollTop > 0 || part.scrollLeft > 0;
      part.scrollTop = scrollTop;
      part.scrollLeft = scrollLeft;
      return moved;
    })
    .map((part) => `${part.tagName} ${part.className}`);
}
