// The part of the panel Timings that is fetched when the panel is first seen.

export { benchOf } from './bench.svelte.ts';
export { default as BenchBar } from './BenchBar.svelte';
export { default as Measure } from './Measure.svelte';
export { default as RaceView } from './RaceView.svelte';
export { default as Views } from './Views.svelte';
