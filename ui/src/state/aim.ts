// What can be chosen for a tab with its target, and a target for a tab.

import type {
  Compiler,
  DownloadKind,
  Engine,
  Form,
  Settings,
  Target,
  TargetRow,
} from '../protocol.ts';
import { nearest, whyNot, whyNothing } from '../target/cells.ts';
import { runsHere } from '../target/here.ts';
import { COMPILERS, ENGINES } from '../values/names.ts';
import type { App } from './app.svelte.ts';
import type { Tab } from './tab.svelte.ts';

const SEALED = 'A sealed artifact holds machine code, not the module that it was made of.';

/**
 * What is known of a tab's target. A sealed artifact is what it is: its tab's settings change
 * nothing.
 */
export function rowOf(app: App, tab: Tab | null): TargetRow | null {
  return tab?.settings && tab.summary.kind !== 'sealed'
    ? app.targets.rowOf(tab.settings.target)
    : null;
}

/** The CPU features that are chosen; none where they are this machine's own. */
function featuresOf(settings: Settings): readonly string[] | undefined {
  return settings.target?.cpu_features;
}

/** Whether a press of Run makes code for another machine, so that it is made and not run. */
export function buildsOnly(app: App, tab: Tab | null): boolean {
  const { known } = app.targets;
  const row = rowOf(app, tab);
  return Boolean(known && row && tab?.settings && !runsHere(tab.settings.target, row, known.host));
}

/** Why a compiler cannot be chosen for a tab; null where it can. */
export function whyNotCompiler(app: App, tab: Tab | null, compiler: Compiler): string | null {
  const missing = app.welcome?.compilers.find((one) => one.compiler === compiler)?.missing;
  const row = rowOf(app, tab);
  return (
    missing ??
    (row && tab?.settings
      ? whyNot(row, compiler, tab.settings.engine, featuresOf(tab.settings))
      : null)
  );
}

/** Why an engine cannot be chosen for a tab; null where it can. */
export function whyNotEngine(app: App, tab: Tab | null, engine: Engine): string | null {
  const missing = app.welcome?.engines.find((one) => one.engine === engine)?.missing;
  const row = rowOf(app, tab);
  return (
    missing ??
    (row && tab?.settings
      ? whyNot(row, tab.settings.compiler, engine, featuresOf(tab.settings))
      : null)
  );
}

/** Why something cannot be carried away of a tab; null where it can. */
export function whyNotDownload(app: App, tab: Tab | null, what: DownloadKind): string | null {
  if (!tab?.settings) return 'No tab is open.';
  const { compiler, engine } = tab.settings;
  const form = formOf(what, engine);
  if (tab.summary.kind === 'sealed')
    return what === 'wasm' || what === 'wat' || form === 'object' ? SEALED : null;
  if (form === null) return null;
  const missing = app.welcome?.compilers.find((one) => one.compiler === compiler)?.missing;
  const row = rowOf(app, tab);
  return missing ?? (row ? whyNot(row, compiler, form, featuresOf(tab.settings)) : null);
}

/** What a compiler has to make for a download; nothing for what needs none. */
function formOf(what: DownloadKind, engine: Engine): Form | null {
  switch (what) {
    case 'source':
    case 'wasm':
    case 'wat':
      return null;
    case 'sealed':
    case 'wasmer':
    case 'bundle':
      return engine;
    case 'object':
    case 'header':
    case 'shared':
      return 'object';
  }
}

/**
 * Sets a tab's target; null is this machine. Where the target lacks the tab's compiler or engine,
 * as far as its row is known, takes the nearest that works and says so. Gives why it cannot be set,
 * where nothing works: then all stays as it was.
 */
export function aim(
  app: App,
  tab: Tab,
  row: TargetRow | null,
  target: Target | null,
): string | null {
  if (!tab.settings) return null;
  if (!row) {
    void tab.configure({ target });
    return null;
  }
  const states = app.welcome?.compilers ?? [];
  const { compiler, engine } = tab.settings;
  const next = nearest(row, { compiler, engine }, states, target?.cpu_features);
  if (!next) return whyNothing(row, states, target?.cpu_features);
  if (next.compiler !== compiler || next.engine !== engine) {
    const reason = whyNot(row, compiler, engine, target?.cpu_features);
    const now = `${COMPILERS[next.compiler]} with the engine ${ENGINES[next.engine]}`;
    app.notices.info(`Now ${now} is chosen. ${reason ?? `${COMPILERS[compiler]} is not here.`}`);
  }
  void tab.configure({ ...next, target });
  return null;
}
