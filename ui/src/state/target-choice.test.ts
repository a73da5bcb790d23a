import { describe, expect, it } from 'vitest';
import type { Settings, TargetRow } from '../protocol.ts';
import { row, targets } from '../target/testing.ts';
import { aim, buildsOnly, whyNotCompiler, whyNotDownload, whyNotEngine } from './target-choice.ts';
import type { App } from './app.svelte.ts';
import type { Tab } from './tab.svelte.ts';
import { sentence } from '../values/testing.ts';

const HERE = row('x86_64-unknown-linux-gnu', {}, { here: true });
const ARM = row('aarch64-unknown-linux-gnu', {
  'cranelift native': 'refused',
  'llvm object': 'crashed',
});

/** The parts of the page and of a tab that `aim` reads. */
function page(kind: 'wat' | 'sealed' = 'wat') {
  const said: string[] = [];
  const known = targets(HERE, ARM);
  const rowOf = (target: { triple: string } | null) =>
    known.rows.find((one: TargetRow) => one.triple === (target ?? known.host).triple) ?? null;
  const app = {
    welcome: {
      compilers: [{ compiler: 'llvm', missing: sentence('LLVM is not here.') }],
      engines: [],
    },
    targets: { known, rowOf },
    notices: { info: (message: string) => said.push(message) },
  } as unknown as App;
  const tab: Tab = {
    summary: { kind },
    settings: { compiler: 'cranelift', engine: 'native', target: null },
    configure(changes: Partial<Settings>) {
      Object.assign(tab.settings as Settings, changes);
    },
    wrongTarget: null,
  } as unknown as Tab;
  return { app, tab, said };
}

describe('a target that is chosen', () => {
  it('is set, and what it lacks is exchanged and said', () => {
    const { app, tab, said } = page();
    expect(aim(app, tab, ARM, { triple: ARM.triple, cpu_features: [] })).toBeNull();
    expect(tab.settings).toMatchObject({
      compiler: 'cranelift',
      engine: 'jit',
      target: { triple: ARM.triple },
    });
    expect(said).toEqual(['Now Cranelift with the engine JIT is chosen. cranelift native: no.']);
    expect(buildsOnly(app, tab)).toBe(true);
    aim(app, tab, HERE, null);
    expect(buildsOnly(app, tab)).toBe(false);
    expect(said).toHaveLength(1);
  });

  it('is not set where nothing works, and says why', () => {
    const { app, tab } = page();
    const broken = ['singlepass', 'cranelift'].flatMap((one) => [`${one} jit`, `${one} native`]);
    const nothing = row('s390x', Object.fromEntries(broken.map((one) => [one, 'refused'])));
    expect(aim(app, tab, nothing, { triple: 's390x', cpu_features: [] })).toContain('s390x');
    expect(tab.settings?.target).toBeNull();
  });

  it('takes away what cannot work with it', () => {
    const { app, tab } = page();
    aim(app, tab, ARM, { triple: ARM.triple, cpu_features: [] });
    expect(whyNotEngine(app, tab, 'native')).toBe('cranelift native: no.');
    expect(whyNotEngine(app, tab, 'jit')).toBeNull();
    expect(whyNotCompiler(app, tab, 'llvm')).toBe('LLVM is not here.');
    expect(whyNotCompiler(app, tab, 'singlepass')).toBeNull();
  });
});

describe('what can be carried away', () => {
  it('is what the chosen compiler makes for the target', () => {
    const { app, tab } = page();
    expect(whyNotDownload(app, tab, 'object')).toBeNull();
    tab.settings = {
      ...(tab.settings as Settings),
      compiler: 'llvm',
      target: { triple: ARM.triple, cpu_features: [] },
    };
    expect(whyNotDownload(app, tab, 'object')).toBe('LLVM is not here.');
    expect(whyNotDownload(app, tab, 'wasm')).toBeNull();
  });

  it('is no module of a sealed artifact, which is compiled already', () => {
    const { app, tab } = page('sealed');
    for (const what of ['wasm', 'wat', 'object', 'header', 'shared'] as const) {
      expect(whyNotDownload(app, tab, what)).toContain('sealed');
    }
    for (const what of ['source', 'sealed', 'wasmer'] as const)
      expect(whyNotDownload(app, tab, what)).toBeNull();
  });
});
