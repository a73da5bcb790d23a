// The words of `measure/Axes.svelte`.

export const words = {
  keys: 'Arrow keys move the view, plus and minus zoom, and 0 shows everything.',
};
