// All commands of the page, in one table for the palette, the shortcuts, the keys and the menus.

import { enterPart, moveFocus } from './focus.ts';
import { BUTTONS } from './values/controls.ts';
import { LAYOUTS, type LayoutId } from './values/layouts.ts';
import { PANELS, type PanelId } from './values/panels.ts';
import { aim, whyNotCompiler, whyNotDownload, whyNotEngine } from './state/target-choice.ts';
import type { App } from './state/app.svelte.ts';
import type { Tab } from './state/tab.svelte.ts';
import type { Compiler, DownloadKind, Engine } from './protocol.ts';
import { DOWNLOADS, IN_WORDS } from './values/downloads.ts';
import { COMPILERS, eachOf, ENGINES } from './values/names.ts';

/** A command: by key, in the palette, or from a menu of the window. */
export interface Command {
  /** Its id, which must stay the same, because menus of a shell name it. */
  id: string;
  /** Its title in the palette and in the list of shortcuts. */
  title: string;
  group: 'Tabs' | 'Run' | 'Edit' | 'View';
  /** Other words that people look for it by. */
  also?: string;
  /** Its keys: `Mod` is Ctrl, and Cmd on a Mac. The first is the one that is shown. */
  keys?: string[];
  /** Keys that a browser keeps for itself and only the window can have. */
  windowKeys?: string[];
  /** Returns the reason why it cannot be done now, or null if it can. */
  refuse?(app: App): string | null;
  run(app: App): unknown;
}

const needsTab = (app: App) => {
  if (!app.active) return 'No tab is open.';
  return app.connection === 'lost' ? 'Watshop does not answer. It is asked again and again.' : null;
};
const needsText = (app: App) =>
  needsTab(app) ?? (app.active?.draft ? null : 'This tab has no text.');
const needsModule = (app: App) =>
  needsTab(app) ??
  (app.active?.summary.kind === 'sealed' ? 'A sealed artifact is compiled already.' : null);
const needsIdle = (app: App) =>
  needsTab(app) ?? (app.active?.busy ? 'The tab is busy: stop it first.' : null);

/** Makes a command for the active tab. It does nothing without one. */
const withTab = (action: (tab: Tab, app: App) => unknown) => (app: App) =>
  app.active && action(app.active, app);

function beside(app: App, step: 1 | -1): void {
  const index = app.tabs.findIndex((tab) => tab.id === app.row.activeId);
  const next = app.tabs.at((index + step) % Math.max(1, app.tabs.length));
  if (next) app.row.activate(next.id);
}

function move(app: App, step: 1 | -1): void {
  const index = app.tabs.findIndex((tab) => tab.id === app.row.activeId);
  if (app.row.activeId !== null) void app.row.moveTab(app.row.activeId, index + step);
}

const useCompiler = (compiler: Compiler): Command => ({
  id: `compiler_${compiler}`,
  title: `Compile with ${COMPILERS[compiler]}`,
  group: 'Run',
  refuse: (app) => needsModule(app) ?? whyNotCompiler(app, app.active, compiler),
  run: withTab((tab) => tab.configure({ compiler })),
});

const useEngine = (engine: Engine): Command => ({
  id: `engine_${engine}`,
  title: `Use the ${ENGINES[engine]} engine`,
  group: 'Run',
  refuse: (app) => needsModule(app) ?? whyNotEngine(app, app.active, engine),
  run: withTab((tab) => tab.configure({ engine })),
});

const downloadOf = (what: DownloadKind): Command => ({
  id: `download_${what}`,
  title: `Download ${IN_WORDS[what]}`,
  group: 'Tabs',
  refuse: (app) => needsTab(app) ?? whyNotDownload(app, app.active, what),
  run: withTab((tab, app) => app.download(tab, what)),
});

/** Brings the list of targets to the front and focuses it. */
function chooseTarget(app: App): void {
  app.reveal('target');
  void enterPart(PANELS.target);
}

const aimHere = withTab((tab, app) => aim(app, tab, app.targets.rowOf(null), null));

/** The keys of panels that are often used during work. */
const PANEL_KEYS: Partial<Record<PanelId, string[]>> = {
  imports: ['Alt+I'],
  exports: ['Alt+O'],
  calls: ['Alt+L'],
};

/** Brings the memory to the front and focuses the field for an address. */
async function goToAddress(app: App): Promise<void> {
  app.reveal('memory');
  await enterPart(PANELS.memory);
  document.querySelector<HTMLElement>('[data-part="Memory"] [aria-label="Go to address"]')?.focus();
}

const showPanel = (panel: PanelId): Command => ({
  id: `show_${panel}`,
  title: `Show ${PANELS[panel]}`,
  group: 'View',
  ...(PANEL_KEYS[panel] ? { keys: PANEL_KEYS[panel] } : {}),
  run: (app) => app.reveal(panel),
});

const useLayout = (layout: LayoutId, index: number): Command => ({
  id: `layout_${layout}`,
  title: `Use the layout ${LAYOUTS[layout]}`,
  group: 'View',
  keys: [`Alt+Shift+${index + 1}`],
  run: (app) => app.dock?.choose(layout),
});

const resize = (id: string, title: string, step: -1 | 0 | 1): Command => ({
  id,
  title,
  group: 'View',
  also: 'zoom font size scale',
  run: (app) => app.kept.resize('all', step),
});

const showTab = (number: number): Command => ({
  id: `tab_${number}`,
  title: `Go to tab ${number}`,
  group: 'Tabs',
  keys: [`Alt+${number}`],
  refuse: (app) => (app.tabs[number - 1] ? null : `There is no tab ${number}.`),
  run: (app) => app.row.activate(app.tabs[number - 1]?.id ?? app.row.activeId),
});

/** Makes a command that closes several tabs. */
const closeSome = (id: string, title: string, which: (app: App) => readonly Tab[]): Command => ({
  id,
  title,
  group: 'Tabs',
  refuse: (app) => needsTab(app) ?? (which(app).length > 0 ? null : 'There are no such tabs.'),
  run: (app) => app.row.closeTabs(which(app)),
});

/** All commands, for the palette, the list of shortcuts, the keys and the window's menus. */
export const COMMANDS: readonly Command[] = [
  {
    id: 'run',
    title: BUTTONS.run,
    group: 'Run',
    keys: ['Mod+Enter'],
    refuse: needsIdle,
    run: withTab((tab, app) => app.run(tab)),
  },
  {
    id: 'stop',
    title: BUTTONS.stop,
    group: 'Run',
    keys: ['Shift+Escape', 'Mod+.'],
    refuse: (app) => needsTab(app) ?? (app.active?.busy ? null : 'Nothing is running.'),
    run: withTab((tab, app) => app.stop(tab)),
  },
  ...eachOf(COMPILERS).map(useCompiler),
  ...eachOf(ENGINES).map(useEngine),
  {
    id: 'choose_target',
    title: 'Choose a target…',
    group: 'Run',
    refuse: needsModule,
    run: chooseTarget,
  },
  {
    id: 'target_here',
    title: 'Make code for this machine',
    group: 'Run',
    refuse: needsModule,
    run: aimHere,
  },
  {
    id: 'provide_all',
    title: 'Provide all imports',
    group: 'Run',
    keys: ['Alt+Shift+I'],
    refuse: (app) =>
      needsTab(app) ?? (app.active?.imports.view?.missing ? null : 'No import is missing.'),
    run: withTab((tab, app) => {
      app.reveal('imports');
      return app.attempt(() => tab.imports.provideAll());
    }),
  },
  {
    id: 'undo_import',
    title: 'Undo change of imports',
    group: 'Edit',
    refuse: (app) =>
      needsTab(app) ?? (app.active?.imports.before.length ? null : 'No import was changed.'),
    run: withTab((tab, app) => app.attempt(() => tab.imports.undo())),
  },
  {
    id: 'redo_import',
    title: 'Redo change of imports',
    group: 'Edit',
    refuse: (app) =>
      needsTab(app) ?? (app.active?.imports.after.length ? null : 'There is no change to redo.'),
    run: withTab((tab, app) => app.attempt(() => tab.imports.redo())),
  },
  {
    id: 'new_tab',
    title: 'New tab',
    group: 'Tabs',
    keys: ['Alt+N'],
    windowKeys: ['Mod+N'],
    run: (app) => app.row.newTab(),
  },
  {
    id: 'open',
    title: 'Open files…',
    group: 'Tabs',
    keys: ['Mod+O'],
    run: (app) => app.attempt(async () => app.row.openFiles(await app.platform.chooseFiles())),
  },
  {
    id: 'save',
    title: 'Save',
    group: 'Tabs',
    keys: ['Mod+S'],
    refuse: needsTab,
    run: withTab((tab, app) => app.save(tab, 'same file')),
  },
  {
    id: 'save_as',
    title: 'Save as…',
    group: 'Tabs',
    keys: ['Mod+Shift+S'],
    refuse: needsTab,
    run: withTab((tab, app) => app.save(tab, 'ask')),
  },
  ...DOWNLOADS.map(({ what }) => downloadOf(what)),
  {
    id: 'close_tab',
    title: 'Close tab',
    group: 'Tabs',
    keys: ['Alt+W'],
    windowKeys: ['Mod+W'],
    refuse: needsTab,
    run: withTab((tab, app) => app.row.closeTab(tab.id)),
  },
  {
    id: 'reopen_tab',
    title: 'Reopen closed tab',
    group: 'Tabs',
    keys: ['Alt+Shift+T'],
    windowKeys: ['Mod+Shift+T'],
    run: (app) => app.row.reopenTab(),
  },
  {
    id: 'rename_tab',
    title: 'Rename tab',
    group: 'Tabs',
    keys: ['F2'],
    refuse: (app) =>
      needsTab(app) ??
      (app.active?.summary.path === null
        ? null
        : 'The tab has the name of its file. Save it under another name.'),
    run: (app) => (app.row.renaming = app.row.activeId),
  },
  closeSome('close_others', 'Close other tabs', (app) =>
    app.tabs.filter((tab) => tab !== app.active),
  ),
  closeSome('close_right', 'Close tabs to the right', (app) =>
    app.tabs.slice(app.tabs.findIndex((tab) => tab === app.active) + 1),
  ),
  closeSome('close_saved', 'Close tabs that are saved to their file', (app) =>
    app.tabs.filter(({ summary }) => !summary.modified),
  ),
  {
    id: 'next_tab',
    title: 'Next tab',
    group: 'Tabs',
    keys: ['Alt+PageDown'],
    run: (app) => beside(app, 1),
  },
  {
    id: 'previous_tab',
    title: 'Previous tab',
    group: 'Tabs',
    keys: ['Alt+PageUp'],
    run: (app) => beside(app, -1),
  },
  {
    id: 'move_tab_right',
    title: 'Move tab to the right',
    group: 'Tabs',
    keys: ['Alt+Shift+PageDown'],
    refuse: needsTab,
    run: (app) => move(app, 1),
  },
  {
    id: 'move_tab_left',
    title: 'Move tab to the left',
    group: 'Tabs',
    keys: ['Alt+Shift+PageUp'],
    refuse: needsTab,
    run: (app) => move(app, -1),
  },
  {
    id: 'all_tabs',
    title: 'All tabs…',
    group: 'Tabs',
    keys: ['Alt+0'],
    refuse: needsTab,
    run: (app) => (app.dialog = 'tabs'),
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(showTab),
  {
    id: 'format',
    title: 'Format the text',
    group: 'Edit',
    keys: ['Shift+Alt+F'],
    refuse: needsText,
    run: withTab((tab, app) => app.format(tab)),
  },
  {
    id: 'reset_lesson',
    title: 'Reset the lesson',
    group: 'Edit',
    refuse: (app) =>
      needsText(app) ?? (app.active?.summary.lesson ? null : 'This tab is not of a lesson.'),
    run: withTab((tab, app) => app.resetLesson(tab)),
  },
  {
    id: 'go_back',
    title: 'Go back in the text',
    group: 'Edit',
    keys: ['Mod+Alt+-'],
    also: 'trap place before jump',
    refuse: (app) =>
      needsText(app) ?? (app.active?.back === null ? 'There is no place to go back to.' : null),
    run: withTab((tab, app) => {
      app.reveal('editor');
      tab.draft?.goBack();
    }),
  },
  {
    id: 'find',
    title: 'Find and replace',
    group: 'Edit',
    refuse: needsText,
    run: withTab((tab, app) => {
      app.reveal('editor');
      tab.draft?.shower?.search();
    }),
  },
  {
    id: 'clear_console',
    title: 'Clear the console',
    group: 'View',
    refuse: needsTab,
    run: withTab((tab, app) => app.clearConsole(tab)),
  },
  {
    id: 'clear_history',
    title: 'Clear the timings',
    group: 'View',
    refuse: needsTab,
    run: withTab((tab, app) => app.clearHistory(tab)),
  },
  {
    id: 'context_menu',
    title: 'Context menu',
    group: 'View',
    keys: ['Shift+F10', 'ContextMenu'],
    run: (app) => app.openMenu?.(),
  },
  {
    id: 'command_palette',
    title: 'Command palette',
    group: 'View',
    keys: ['Mod+K', 'Mod+Shift+P'],
    run: (app) => (app.dialog = 'palette'),
  },
  {
    id: 'guide',
    title: 'Guide',
    group: 'View',
    keys: ['F1'],
    run: (app) => app.openGuide(),
  },
  {
    id: 'shortcuts',
    title: 'Keyboard shortcuts',
    group: 'View',
    keys: ['?'],
    run: (app) => (app.dialog = 'shortcuts'),
  },
  {
    id: 'sizes',
    title: 'Sizes of Watshop’s programs',
    group: 'View',
    run: (app) => (app.dialog = 'sizes'),
  },
  {
    id: 'toggle_theme',
    title: 'Toggle theme',
    group: 'View',
    also: 'dark light colours',
    run: (app) => app.kept.chooseTheme(app.kept.theme.current === 'dark' ? 'light' : 'dark'),
  },
  {
    id: 'contrast_theme',
    title: 'Use the theme of high contrast',
    group: 'View',
    run: (app) => app.kept.chooseTheme('contrast'),
  },
  resize('larger', 'Make all text larger', 1),
  resize('smaller', 'Make all text smaller', -1),
  resize('usual_size', 'Make all text of its usual size', 0),
  {
    id: 'wrap',
    title: 'Wrap long lines, or take that back',
    group: 'View',
    keys: ['Alt+Z'],
    run: (app) => app.kept.prefer({ wrap: !app.kept.preferences.wrap }),
  },
  {
    id: 'app_settings',
    title: 'Settings of Watshop…',
    group: 'View',
    also: 'preferences options theme size',
    keys: ['Mod+,'],
    run: (app) => (app.dialog = 'settings'),
  },
  {
    id: 'system_theme',
    title: 'Use the theme of the system',
    group: 'View',
    run: (app) => app.kept.chooseTheme(null),
  },
  {
    id: 'next_panel',
    title: 'Go to the next panel',
    group: 'View',
    keys: ['F6'],
    run: () => moveFocus(1),
  },
  {
    id: 'previous_panel',
    title: 'Go to the previous panel',
    group: 'View',
    keys: ['Shift+F6'],
    run: () => moveFocus(-1),
  },
  ...(Object.keys(PANELS) as PanelId[]).map(showPanel),
  {
    id: 'memory_address',
    title: 'Go to an address of the memory…',
    group: 'View',
    keys: ['Alt+G'],
    refuse: (app) =>
      needsTab(app) ??
      (app.active?.instance ? null : 'There is no instance: press Run to make one.'),
    run: goToAddress,
  },
  ...(Object.keys(LAYOUTS) as LayoutId[]).map(useLayout),
  {
    id: 'maximise',
    title: 'Maximise the panel, or take that back',
    group: 'View',
    also: 'zoom full',
    keys: ['Alt+M'],
    run: (app) => app.dock?.maximise(),
  },
  { id: 'reset_layout', title: 'Reset the layout', group: 'View', run: (app) => app.dock?.reset() },
];

/** Returns the command with an id, if there is one. */
export function commandById(id: string): Command | undefined {
  return COMMANDS.find((one) => one.id === id);
}

/** Performs a command. If it cannot be done now, a notice says why. */
export function perform(command: Command, app: App): void {
  const refusal = command.refuse?.(app);
  if (refusal) app.notices.info(refusal);
  else command.run(app);
}

/**
 * Performs the command with an id. An unknown id is ignored, because a shell may be newer than its
 * page.
 */
export function performById(id: string, app: App): void {
  const command = commandById(id);
  if (command) perform(command, app);
}
