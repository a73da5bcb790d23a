// The colour, mark and dash of each line.

import type { Compiler, Phase } from '../protocol.ts';

/** The page's two themes. */
export type GraphTheme = 'light' | 'dark';

/**
 * A colour for each compiler: blue, orange and green. They differ in lightness too, so that every
 * kind of colour vision tells them apart. The contrast with the paper is at least 3 : 1 (WCAG 2.2,
 * 1.4.11).
 */
export const COLOURS: Record<GraphTheme, Record<Compiler, string>> = {
  light: { singlepass: '#1f7ae0', cranelift: '#c06400', llvm: '#005c50' },
  dark: { singlepass: '#4b93f5', cranelift: '#e0701f', llvm: '#8ff0c0' },
};

/**
 * The background, grid and text of the graph: the page's surface, border and muted text
 * (styles/tokens.css).
 */
export const PAPER: Record<GraphTheme, { background: string; grid: string; text: string }> = {
  light: { background: '#ffffff', grid: '#d8dde4', text: '#57606d' },
  dark: { background: '#1b1f26', grid: '#323945', text: '#a3adba' },
};

/** The marker at each figure of a phase. ui/plot knows them by this order. */
export const MARKERS = ['circle', 'square', 'diamond', 'up', 'down', 'plus', 'left'] as const;
/** The marker of a phase. */
export type Marker = (typeof MARKERS)[number];

/** The stroke of the line between a phase's figures. ui/plot knows them by this order. */
export const STROKES = ['solid', 'dashed', 'dotted'] as const;
/** The stroke of a phase. */
export type Stroke = (typeof STROKES)[number];

/**
 * The marker and stroke of each phase. The colour is the compiler's, so that nothing depends on
 * colour alone.
 */
export const LOOKS: Record<Phase, { marker: Marker; stroke: Stroke }> = {
  parse: { marker: 'plus', stroke: 'dotted' },
  start: { marker: 'left', stroke: 'dotted' },
  compile: { marker: 'circle', stroke: 'solid' },
  seal: { marker: 'diamond', stroke: 'dotted' },
  load: { marker: 'up', stroke: 'dashed' },
  instantiate: { marker: 'down', stroke: 'dashed' },
  call: { marker: 'square', stroke: 'solid' },
};

/** The `stroke-dasharray` of SVG for each stroke. */
export const DASHES: Record<Stroke, string | undefined> = {
  solid: undefined,
  dashed: '6 4',
  dotted: '1.5 4',
};

/** Returns the SVG path of a marker around 0, 0, as wide as two radii of `r`. */
export function markerPath(marker: Marker, r: number): string {
  switch (marker) {
    case 'circle':
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
    case 'square':
      return `M${-r * 0.85},${-r * 0.85}h${r * 1.7}v${r * 1.7}h${-r * 1.7}z`;
    case 'diamond':
      return `M0,${-r * 1.2}L${r * 1.2},0L0,${r * 1.2}L${-r * 1.2},0z`;
    case 'up':
      return `M0,${-r}L${r},${r * 0.8}H${-r}z`;
    case 'down':
      return `M0,${r}L${r},${-r * 0.8}H${-r}z`;
    case 'left':
      return `M${-r},0L${r * 0.8},${-r}v${2 * r}z`;
    case 'plus': {
      const t = r * 0.32;
      return `M${-t},${-r}h${2 * t}v${r - t}h${r - t}v${2 * t}h${t - r}v${r - t}h${-2 * t}v${t - r}h${t - r}v${-2 * t}h${r - t}z`;
    }
  }
}
