import { describe, expect, it } from 'vitest';
import { COLOURS, LOOKS, MARKERS, PAPER, markerPath, type GraphTheme } from './look.ts';
import { COMPILERS, PHASES } from './phases.ts';

type Rgb = [number, number, number];

/** Converts a colour to linear light, 0 to 1. */
function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrast(a: string, b: string): number {
  const luminance = ([r, g, blue]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/** The matrices of Machado, Oliveira and Fernandes 2009, severity 1, for linear light. */
const VISIONS: Record<string, Rgb[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/**
 * Returns the distance of two colours in OKLab, as seen with a kind of colour vision. At 0.02 they
 * can just be told apart.
 */
function distance(a: string, b: string, vision: Rgb[]): number {
  const seen = (hex: string): Rgb => {
    const rgb = linear(hex);
    const [r, g, blue] = vision.map((row) =>
      Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])),
    ) as Rgb;
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * blue);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * blue);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * blue);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [x, y] = [seen(a), seen(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

describe.each(['light', 'dark'] satisfies GraphTheme[])('in the %s theme', (theme) => {
  it.each(COMPILERS)('the line of %s stands out from the paper (3 : 1)', (compiler) => {
    expect(contrast(COLOURS[theme][compiler], PAPER[theme].background)).toBeGreaterThanOrEqual(3);
  });

  it('the labels can be read (4.5 : 1)', () => {
    expect(contrast(PAPER[theme].text, PAPER[theme].background)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(VISIONS))('compilers can be told apart with %s vision', (_, vision) => {
    for (const a of COMPILERS) {
      for (const b of COMPILERS) {
        if (a < b)
          expect(
            distance(COLOURS[theme][a], COLOURS[theme][b], vision),
            `${a} and ${b}`,
          ).toBeGreaterThan(0.1);
      }
    }
  });
});

describe('a phase', () => {
  it('has a marker of its own', () => {
    expect(new Set(PHASES.map((phase) => LOOKS[phase].marker)).size).toBe(PHASES.length);
  });

  it('has a marker that SVG can draw', () => {
    for (const marker of MARKERS) expect(markerPath(marker, 4)).toMatch(/^M[-\d.,aLMhHvz ]+z$/);
  });
});
