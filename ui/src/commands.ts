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
import { words as say } from './words/page/commands.ts';

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
  if (!app.active) return say.noTabOpen;
  return app.connection === 'lost' ? say.watshopDoesNotAnswer : null;
};
const needsText = (app: App) => needsTab(app) ?? (app.active?.draft ? null : say.tabNoText);
const needsModule = (app: App) =>
  needsTab(app) ??
  (app.active?.summary.kind === 'sealed' ? say.sealedArtifactCompiledAlread : null);
const needsIdle = (app: App) => needsTab(app) ?? (app.active?.busy ? say.tabBusyStopFirst : null);

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
  title: say.compile(COMPILERS[compiler]),
  group: 'Run',
  refuse: (app) => needsModule(app) ?? whyNotCompiler(app, app.active, compiler),
  run: withTab((tab) => tab.configure({ compiler })),
});

const useEngine = (engine: Engine): Command => ({
  id: `engine_${engine}`,
  title: say.useEngine(ENGINES[engine]),
  group: 'Run',
  refuse: (app) => needsModule(app) ?? whyNotEngine(app, app.active, engine),
  run: withTab((tab) => tab.configure({ engine })),
});

const downloadOf = (what: DownloadKind): Command => ({
  id: `download_${what}`,
  title: say.download(IN_WORDS[what]),
  group: 'Tabs',
  refuse: (app) => needsTab(app) ?? whyNotDownload(app, app.active, what),
  run: withTab((tab, app) => app.download(tab, what)),
});

/** Brings the list of targets to the front and focuses it. */
function chooseTarget(app: App): void {
  app.reveal('target');
  void enterPart('target');
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
  await enterPart('memory');
  document.querySelector<HTMLElement>('[data-part="memory"] [data-address]')?.focus();
}

const showPanel = (panel: PanelId): Command => ({
  id: `show_${panel}`,
  title: say.show(PANELS[panel]),
  group: 'View',
  ...(PANEL_KEYS[panel] ? { keys: PANEL_KEYS[panel] } : {}),
  run: (app) => {
    app.reveal(panel);
    void enterPart(panel);
  },
});

const useLayout = (layout: LayoutId, index: number): Command => ({
  id: `layout_${layout}`,
  title: say.useLayout(LAYOUTS[layout]),
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
  title: say.goTab(number),
  group: 'Tabs',
  keys: [`Alt+${number}`],
  refuse: (app) => (app.tabs[number - 1] ? null : say.noTab(number)),
  run: (app) => app.row.activate(app.tabs[number - 1]?.id ?? app.row.activeId),
});

/** Makes a command that closes several tabs. */
const closeSome = (id: string, title: string, which: (app: App) => readonly Tab[]): Command => ({
  id,
  title,
  group: 'Tabs',
  refuse: (app) => needsTab(app) ?? (which(app).length > 0 ? null : say.noSuchTabs),
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
    run: withTab((tab, app) => {
      app.checkLesson?.();
      return app.run(tab);
    }),
  },
  {
    id: 'stop',
    title: BUTTONS.stop,
    group: 'Run',
    keys: ['Shift+Escape', 'Mod+.'],
    refuse: (app) => needsTab(app) ?? (app.active?.busy ? null : say.nothingRunning),
    run: withTab((tab, app) => app.stop(tab)),
  },
  {
    id: 'compare',
    title: say.compareCompilers,
    group: 'Run',
    keys: ['Alt+C'],
    also: 'measure bench benchmark speed table singlepass cranelift llvm',
    refuse: (app) => needsModule(app) ?? needsIdle(app),
    run: withTab((tab, app) => app.compare(tab)),
  },
  ...eachOf(COMPILERS).map(useCompiler),
  ...eachOf(ENGINES).map(useEngine),
  {
    id: 'choose_target',
    title: say.chooseTarget,
    group: 'Run',
    refuse: needsModule,
    run: chooseTarget,
  },
  {
    id: 'target_here',
    title: say.makeCodeMachine,
    group: 'Run',
    refuse: needsModule,
    run: aimHere,
  },
  {
    id: 'provide_all',
    title: say.provideAllImports,
    group: 'Run',
    keys: ['Alt+Shift+I'],
    refuse: (app) =>
      needsTab(app) ?? (app.active?.imports.view?.missing ? null : say.noImportMissing),
    run: withTab((tab, app) => {
      app.reveal('imports');
      return app.attempt(() => tab.imports.provideAll());
    }),
  },
  {
    id: 'undo_import',
    title: say.undoChangeImports,
    group: 'Edit',
    refuse: (app) =>
      needsTab(app) ?? (app.active?.imports.before.length ? null : say.noImportChanged),
    run: withTab((tab, app) => app.attempt(() => tab.imports.undo())),
  },
  {
    id: 'redo_import',
    title: say.redoChangeImports,
    group: 'Edit',
    refuse: (app) => needsTab(app) ?? (app.active?.imports.after.length ? null : say.noChangeRedo),
    run: withTab((tab, app) => app.attempt(() => tab.imports.redo())),
  },
  {
    id: 'new_tab',
    title: say.newTab,
    group: 'Tabs',
    keys: ['Alt+N'],
    windowKeys: ['Mod+N'],
    run: (app) => app.row.newTab(),
  },
  {
    id: 'open',
    title: say.openFiles,
    group: 'Tabs',
    keys: ['Mod+O'],
    run: (app) => app.attempt(async () => app.row.openFiles(await app.platform.chooseFiles())),
  },
  {
    id: 'save',
    title: say.save,
    group: 'Tabs',
    keys: ['Mod+S'],
    refuse: needsTab,
    run: withTab((tab, app) => app.save(tab, 'same file')),
  },
  {
    id: 'save_as',
    title: say.save2,
    group: 'Tabs',
    keys: ['Mod+Shift+S'],
    refuse: needsTab,
    run: withTab((tab, app) => app.save(tab, 'ask')),
  },
  ...DOWNLOADS.map(({ what }) => downloadOf(what)),
  {
    id: 'close_tab',
    title: say.closeTab,
    group: 'Tabs',
    keys: ['Alt+W'],
    windowKeys: ['Mod+W'],
    refuse: needsTab,
    run: withTab((tab, app) => app.row.closeTab(tab.id)),
  },
  {
    id: 'reopen_tab',
    title: say.reopenClosedTab,
    group: 'Tabs',
    keys: ['Alt+Shift+T'],
    windowKeys: ['Mod+Shift+T'],
    run: (app) => app.row.reopenTab(),
  },
  {
    id: 'rename_tab',
    title: say.renameTab,
    group: 'Tabs',
    keys: ['F2'],
    refuse: (app) =>
      needsTab(app) ?? (app.active?.summary.path === null ? null : say.tabNameFileSave),
    run: (app) => (app.row.renaming = app.row.activeId),
  },
  closeSome('close_others', say.closeOtherTabs, (app) =>
    app.tabs.filter((tab) => tab !== app.active),
  ),
  closeSome('close_right', say.closeTabsRight, (app) =>
    app.tabs.slice(app.tabs.findIndex((tab) => tab === app.active) + 1),
  ),
  closeSome('close_saved', say.closeTabsSavedTheir, (app) =>
    app.tabs.filter(({ summary }) => !summary.modified),
  ),
  {
    id: 'next_tab',
    title: say.nextTab,
    group: 'Tabs',
    keys: ['Alt+PageDown'],
    run: (app) => beside(app, 1),
  },
  {
    id: 'previous_tab',
    title: say.previousTab,
    group: 'Tabs',
    keys: ['Alt+PageUp'],
    run: (app) => beside(app, -1),
  },
  {
    id: 'move_tab_right',
    title: say.moveTabRight,
    group: 'Tabs',
    keys: ['Alt+Shift+PageDown'],
    refuse: needsTab,
    run: (app) => move(app, 1),
  },
  {
    id: 'move_tab_left',
    title: say.moveTabLeft,
    group: 'Tabs',
    keys: ['Alt+Shift+PageUp'],
    refuse: needsTab,
    run: (app) => move(app, -1),
  },
  {
    id: 'all_tabs',
    title: say.allTabs,
    group: 'Tabs',
    keys: ['Alt+0'],
    refuse: needsTab,
    run: (app) => (app.dialog = 'tabs'),
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(showTab),
  {
    id: 'format',
    title: say.formatText,
    group: 'Edit',
    keys: ['Shift+Alt+F'],
    refuse: needsText,
    run: withTab((tab, app) => app.format(tab)),
  },
  {
    id: 'reset_lesson',
    title: say.resetLesson,
    group: 'Edit',
    refuse: (app) => needsText(app) ?? (app.active?.summary.lesson ? null : say.tabNotLesson),
    run: withTab((tab, app) => app.resetLesson(tab)),
  },
  {
    id: 'go_back',
    title: say.goBackText,
    group: 'Edit',
    keys: ['Mod+Alt+-'],
    also: 'trap place before jump',
    refuse: (app) => needsText(app) ?? (app.active?.back === null ? say.noPlaceGoBack : null),
    run: withTab((tab, app) => {
      app.reveal('editor');
      tab.draft?.goBack();
    }),
  },
  {
    id: 'find',
    title: say.findReplace,
    group: 'Edit',
    refuse: needsText,
    run: withTab((tab, app) => {
      app.reveal('editor');
      tab.draft?.shower?.search();
    }),
  },
  {
    id: 'clear_console',
    title: say.clearConsole,
    group: 'View',
    refuse: needsTab,
    run: withTab((tab, app) => app.clearConsole(tab)),
  },
  {
    id: 'clear_history',
    title: say.clearTimings,
    group: 'View',
    refuse: needsTab,
    run: withTab((tab, app) => app.clearHistory(tab)),
  },
  {
    id: 'context_menu',
    title: say.contextMenu,
    group: 'View',
    keys: ['Shift+F10', 'ContextMenu'],
    run: (app) => app.openMenu?.(),
  },
  {
    id: 'command_palette',
    title: say.commandPalette,
    group: 'View',
    keys: ['Mod+K', 'Mod+Shift+P'],
    run: (app) => (app.dialog = 'palette'),
  },
  {
    id: 'guide',
    title: say.guide,
    group: 'View',
    keys: ['F1'],
    run: (app) => app.openGuide(),
  },
  {
    id: 'shortcuts',
    title: say.keyboardShortcuts,
    group: 'View',
    keys: ['?'],
    run: (app) => (app.dialog = 'shortcuts'),
  },
  {
    id: 'tour',
    title: say.tour,
    group: 'View',
    also: 'help begin start introduction',
    run: (app) => (app.dialog = 'tour'),
  },
  {
    id: 'sizes',
    title: say.sizesWatshopsPrograms,
    group: 'View',
    run: (app) => (app.dialog = 'sizes'),
  },
  {
    id: 'toggle_theme',
    title: say.toggleTheme,
    group: 'View',
    also: 'dark light colours',
    run: (app) => app.kept.chooseTheme(app.kept.theme.current === 'dark' ? 'light' : 'dark'),
  },
  {
    id: 'contrast_theme',
    title: say.useThemeHighContrast,
    group: 'View',
    run: (app) => app.kept.chooseTheme('contrast'),
  },
  resize('larger', say.makeAllTextLarger, 1),
  resize('smaller', say.makeAllTextSmaller, -1),
  resize('usual_size', say.makeAllTextUsual, 0),
  {
    id: 'wrap',
    title: say.wrapLongLinesTake,
    group: 'View',
    keys: ['Alt+Z'],
    run: (app) => app.kept.prefer({ wrap: !app.kept.preferences.wrap }),
  },
  {
    id: 'app_settings',
    title: say.settingsWatshop,
    group: 'View',
    also: 'preferences options theme size',
    keys: ['Mod+,'],
    run: (app) => (app.dialog = 'settings'),
  },
  {
    id: 'system_theme',
    title: say.useThemeSystem,
    group: 'View',
    run: (app) => app.kept.chooseTheme(null),
  },
  {
    id: 'next_panel',
    title: say.goNextPanel,
    group: 'View',
    keys: ['F6'],
    run: () => moveFocus(1),
  },
  {
    id: 'previous_panel',
    title: say.goPreviousPanel,
    group: 'View',
    keys: ['Shift+F6'],
    run: () => moveFocus(-1),
  },
  ...(Object.keys(PANELS) as PanelId[]).map(showPanel),
  {
    id: 'memory_address',
    title: say.goAddressMemory,
    group: 'View',
    keys: ['Alt+G'],
    refuse: (app) => needsTab(app) ?? (app.active?.instance ? null : say.noInstancePressRun),
    run: goToAddress,
  },
  ...(Object.keys(LAYOUTS) as LayoutId[]).map(useLayout),
  {
    id: 'maximise',
    title: say.maximisePanelTakeBack,
    group: 'View',
    also: 'zoom full',
    keys: ['Alt+M'],
    run: (app) => app.dock?.maximise(),
  },
  { id: 'reset_layout', title: say.resetLayout, group: 'View', run: (app) => app.dock?.reset() },
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
