// The part of the panel Timings that is fetched when the panel is first seen.

export { default as Benches } from './Benches.svelte';
export { default as Views } from './Views.svelte';
export { default as GraphRow } from './GraphRow.svelte';
export { timelineTable } from './timeline.ts';
