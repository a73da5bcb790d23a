// The terminal of the panel Console, fetched when it is first shown.

export { default as Controls } from './Controls.svelte';
export { default as TerminalView } from './TerminalView.svelte';
export { TerminalState } from './view.svelte.ts';
