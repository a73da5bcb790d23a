// The layouts with a drawer: the code and its results above, and every other panel in one drawer
// over the whole width, which opens when one of its panels is shown.

import type { DockviewApi } from 'dockview';
import type { LayoutId, Width } from '../values/layouts.ts';
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

const SHAPES: Record<LayoutId, Shape> = {
  learn: { lessons: true, part: 0.4, open: false, front: 'console' },
  compare: { lessons: false, part: 0.5, open: true, front: 'timings' },
  memory: { lessons: false, part: 0.55, open: true, front: 'memory' },
  // Only where it has no room for columns.
  engineer: { lessons: false, part: 0.45, open: true, front: 'exports' },
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

/** The panels that stand in the drawer too if there is room for one column only. */
const BESIDE_CODE = ['exports', 'imports', 'lesson', 'lessons'] as const;

/** Puts every panel in its first place. */
export function arrangeDrawer(api: DockviewApi, layout: LayoutId, columns: Width): void {
  const shape = SHAPES[layout];
  const { lessons, part } = shape;
  const narrow = columns === 'narrow';
  // A lesson is read and done, so its page is in sight at any width.
  const open = shape.open || (narrow && lessons);
  const front = narrow && lessons ? 'lesson' : shape.front;
  const { width, height } = api;
  add(api, 'editor');
  api.addEdgeGroup('bottom', {
    id: DRAWER,
    initialSize: between(height * part, 100, 600),
    minimumSize: Math.min(120, height / 3),
    collapsedSize: CLOSED,
    collapsed: !open,
  });
  if (narrow) for (const id of BESIDE_CODE) inDrawer(api, id);
  for (const id of IN_DRAWER) inDrawer(api, id);
  if (!narrow) addColumns(api, width, lessons && columns === 'wide');
  api.getPanel(front)?.api.setActive();
  // Bringing a panel to the front opens the drawer.
  if (!open) api.getEdgeGroup('bottom')?.collapse();
  api.getPanel('editor')?.api.setActive();
}

/** Puts the results on the right of the code, and the lessons on its left if there is room. */
function addColumns(api: DockviewApi, width: number, lessons: boolean): void {
  add(api, 'exports', { position: { referencePanel: 'editor', direction: 'right' } });
  add(api, 'imports', { position: { referencePanel: 'exports' }, inactive: true });
  if (lessons) {
    add(api, 'lesson', { position: { referencePanel: 'editor', direction: 'left' } });
    add(api, 'lessons', { position: { referencePanel: 'lesson', direction: 'above' } });
    api.getPanel('lessons')?.group.api.setSize({ height: between(api.height * 0.3, 120, 260) });
  } else {
    add(api, 'lessons', { position: { referencePanel: 'exports' }, inactive: true });
    // Beside three others its tab would not be in sight at 1280 pixels.
    inDrawer(api, 'lesson');
  }
  // The last one that is asked for keeps its size.
  if (lessons)
    api.getPanel('lessons')?.group.api.setSize({ width: between(width * 0.195, 180, 400) });
  // The page of a lesson needs its width more than the exports of a lesson do.
  const results = lessons ? 0.245 : 0.26;
  api.getPanel('exports')?.group.api.setSize({ width: between(width * results, 280, 480) });
}

function inDrawer(api: DockviewApi, id: PanelId): void {
  add(api, id, { position: { referenceGroup: DRAWER }, inactive: true });
}
