// A page with only the graph, for graph.test.ts.

import { mount } from 'svelte';
import type { RunRecord } from '../../../ui/src/protocol.ts';
import Harness from './Harness.svelte';

export interface Shown {
  records: RunRecord[];
  theme: 'light' | 'dark';
  scale: 'linear' | 'log';
}

declare global {
  interface Window {
    show: (shown: Partial<Shown>) => void;
  }
}

mount(Harness, { target: document.body });
