// The choices that a target leaves to a tab, and the targets that a tab can have.

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
import { words } from '../words/state/target-choice.ts';

const SEALED = words.sealedArtifactHoldsMachine;

/**
 * Returns the row of a tab's target. A tab with a sealed artifact has none, because its code is
 * made already.
 */
function rowOf(app: App, tab: Tab | null): TargetRow | null {
  return tab?.settings && tab.summary.kind !== 'sealed'
    ? app.targets.rowOf(tab.settings.target)
    : null;
}

/** The chosen CPU features, or undefined for this machine's own. */
function featuresOf(settings: Settings): readonly string[] | undefined {
  return settings.target?.cpu_features;
}

/** Returns true if Run makes code for another machine, which is not run here. */
export function buildsOnly(app: App, tab: Tab | null): boolean {
  const { known } = app.targets;
  const row = rowOf(app, tab);
  return Boolean(known && row && tab?.settings && !runsHere(tab.settings.target, row, known.host));
}

/** Returns the reason why a tab cannot use a compiler, or null if it can. */
export function whyNotCompiler(app: App, tab: Tab | null, compiler: Compiler): string | null {
  const missing = app.welcome?.compilers.find((one) => one.compiler === compiler)?.missing?.text;
  const row = rowOf(app, tab);
  return (
    missing ??
    (row && tab?.settings
      ? whyNot(row, compiler, tab.settings.engine, featuresOf(tab.settings))
      : null)
  );
}

/** Returns the reason why a tab cannot use an engine, or null if it can. */
export function whyNotEngine(app: App, tab: Tab | null, engine: Engine): string | null {
  const missing = app.welcome?.engines.find((one) => one.engine === engine)?.missing?.text;
  const row = rowOf(app, tab);
  return (
    missing ??
    (row && tab?.settings
      ? whyNot(row, tab.settings.compiler, engine, featuresOf(tab.settings))
      : null)
  );
}

/** Returns the reason why a tab has no such download, or null if it has. */
export function whyNotDownload(app: App, tab: Tab | null, what: DownloadKind): string | null {
  if (!tab?.settings) return words.noTabOpen;
  const { compiler, engine } = tab.settings;
  const form = formOf(what, engine);
  if (tab.summary.kind === 'sealed')
    return what === 'wasm' || what === 'wat' || form === 'object' ? SEALED : null;
  if (form === null) return null;
  if (tab.wrongTarget !== null) return words.targetTypedRefused(tab.wrongTarget);
  const missing = app.welcome?.compilers.find((one) => one.compiler === compiler)?.missing?.text;
  const row = rowOf(app, tab);
  return missing ?? (row ? whyNot(row, compiler, form, featuresOf(tab.settings)) : null);
}

/** Returns true if a bundle for a tab's target has no runner, because none is at hand here. */
export function lacksRunner(app: App, tab: Tab | null): boolean {
  if (!tab) return false;
  const row = tab.passport ? app.targets.rowOf({ triple: tab.passport.triple }) : rowOf(app, tab);
  return row !== null && !row.runner;
}

/** Returns the form that a compiler must make for a download, or null if it needs none. */
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
 * Sets a tab's target; null is this machine. If the target lacks the tab's compiler or engine, the
 * nearest that works is set too, and a notice says so. If none works, nothing changes and the
 * reason is returned.
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
    const now = words.engine(COMPILERS[next.compiler], ENGINES[next.engine]);
    app.notices.info(words.nowChosen(now, reason ?? words.notHere(COMPILERS[compiler])));
  }
  void tab.configure({ ...next, target });
  return null;
}
