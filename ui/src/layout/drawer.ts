// The layouts with a drawer: the code and its results above, and every other panel in one drawer
// over the whole width, which opens when one of its panels is shown.

import type { DockviewApi } from 'dockview';
import type { LayoutId } from '../values/layouts.ts';
import type { PanelId } from '../values/panels.ts';
import { add, between } from './add.ts';

/** A layout with a drawer. */
interface Shape {
  /** True if the list of lessons stands beside the code. */
  lessons: boolean;
  /** The part of the height that the drawer has when it is open. */
  part: number;
  /** True if it is open at first. */
  open: boolean;
  /** The panel that is in front in it. */
  front: PanelId;
}

const SHAPES: Record<Exclude<LayoutId, 'engineer'>, Shape> = {
  learn: { lessons: true, part: 0.4, open: false, front: 'console' },
  compare: { lessons: false, part: 0.5, open: true, front: 'timings' },
  memory: { lessons: false, part: 0.55, open: true, front: 'memory' },
  present: { lessons: false, part: 0.45, open: false, front: 'console' },
};

/** The drawer's panels, in their order. The keys 1 to 6 of the layout Present show the first six. */
export const IN_DRAWER = [
  'console',
  'problems',
  'memory',
  'timings',
  'calls',
  'artifact',
  'wasi',
  'wasi-calls',
  'files',
  'target',
  'module',
  'settings',
] as const satisfies readonly PanelId[];

/** The drawer's group. */
const DRAWER = 'drawer';

/** The height of a drawer that is closed, in pixels: its row of tabs. */
const CLOSED = 30;

/** Narrower than this, the lessons stand behind the exports. */
const WIDE = 1000;
/** Narrower than this, only the code stands above the drawer. */
const NARROW = 640;

/** Puts every panel in its first place. */
export function arrangeDrawer(api: DockviewApi, layout: keyof typeof SHAPES): void {
  const { lessons, part, open, front } = SHAPES[layout];
  const { width, height } = api;
  add(api, 'editor');
  api.addEdgeGroup('bottom', {
    id: DRAWER,
    initialSize: between(height * part, 100, 600),
    minimumSize: Math.min(120, height / 3),
    collapsedSize: CLOSED,
    collapsed: !open,
  });
  for (const id of IN_DRAWER) inDrawer(api, id);
  if (width < NARROW) {
    for (const id of ['exports', 'imports', 'lessons', 'lesson'] as const) inDrawer(api, id);
  } else {
    add(api, 'exports', { position: { referencePanel: 'editor', direction: 'right' } });
    add(api, 'imports', { position: { referencePanel: 'exports' }, inactive: true });
    if (lessons && width >= WIDE) {
      add(api, 'lesson', { position: { referencePanel: 'editor', direction: 'left' } });
      add(api, 'lessons', { position: { referencePanel: 'lesson', direction: 'above' } });
      api.getPanel('lessons')?.group.api.setSize({ height: between(height * 0.3, 120, 260) });
    } else {
      add(api, 'lessons', { position: { referencePanel: 'exports' }, inactive: true });
      // Beside three others its tab would not be in sight at 1280 pixels.
      inDrawer(api, 'lesson');
    }
    // The last one that is asked for keeps its size.
    if (lessons && width >= WIDE)
      api.getPanel('lessons')?.group.api.setSize({ width: between(width * 0.195, 180, 400) });
    // The page of a lesson needs its width more than the exports of a lesson do.
    const results = lessons && width >= WIDE ? 0.245 : 0.26;
    api.getPanel('exports')?.group.api.setSize({ width: between(width * results, 280, 480) });
  }
  api.getPanel(front)?.api.setActive();
  // Bringing a panel to the front opens the drawer.
  if (!open) api.getEdgeGroup('bottom')?.collapse();
  api.getPanel('editor')?.api.setActive();
}

function inDrawer(api: DockviewApi, id: PanelId): void {
  add(api, id, { position: { referenceGroup: DRAWER }, inactive: true });
}
