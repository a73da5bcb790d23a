// The colour, mark and dash of each line.

import type { Compiler, Engine, Phase } from '../protocol.ts';

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

/** The marker of each compiler, in graphs whose points are compilers. */
const COMPILER_MARKERS: Record<Compiler, Marker> = {
  singlepass: 'circle',
  cranelift: 'square',
  llvm: 'diamond',
};

/** The patterns of an area. */
export type Pattern = 'rising' | 'falling' | 'dots';

/** The pattern of each compiler, in graphs with areas that cover one another. */
const PATTERNS: Record<Compiler, Pattern> = {
  singlepass: 'rising',
  cranelift: 'falling',
  llvm: 'dots',
};

/** The SVG path of one tile of a pattern, 8 pixels wide and high. */
export const TILES: Record<Pattern, string> = {
  rising: 'M-2,2L2,-2M0,8L8,0M6,10L10,6',
  falling: 'M-2,6L2,10M0,0L8,8M6,-2L10,2',
  dots: 'M2,2h0.01M6,6h0.01',
};

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

/** The look of a line or an area: its colour, and the marks for those who see no colours. */
export interface Look {
  colour: string;
  marker: Marker;
  pattern: Pattern;
  stroke: Stroke;
}

/** Returns the look of a compiler's code. Native code has dashed lines. */
export function lookOf(
  { compiler, engine }: { compiler: Compiler; engine: Engine },
  theme: GraphTheme,
): Look {
  return {
    colour: COLOURS[theme][compiler],
    marker: COMPILER_MARKERS[compiler],
    pattern: PATTERNS[compiler],
    stroke: engine === 'native' ? 'dashed' : 'solid',
  };
}

/** Returns the looks of two that are laid over one another, whatever they are. */
export function pairOfLooks(theme: GraphTheme): [Look, Look] {
  const { singlepass: blue, cranelift: orange } = COLOURS[theme];
  return [
    { colour: blue, marker: 'circle', pattern: 'rising', stroke: 'solid' },
    { colour: orange, marker: 'square', pattern: 'falling', stroke: 'dashed' },
  ];
}

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
