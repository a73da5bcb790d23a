// The benches of tabs: what is chosen, and the last report of each.

import type { App } from '../state/app.svelte.ts';
import type { Tab } from '../state/tab.svelte.ts';
import type {
  AnnouncementChart,
  BenchOrder,
  BenchReport,
  Compiler,
  Contender,
  Engine,
  GrowthOrder,
  GrowthReport,
  Phase,
  ReportForm,
  Settings,
  WireError,
} from '../protocol.ts';
import { argumentsIn } from './arguments.ts';
import { contendersOf } from './rows.ts';

/** The compilers of the announcement, which a bench has at first. */
const EVERY: readonly Compiler[] = ['singlepass', 'cranelift', 'llvm'];

/** The milliseconds of calls before the first sample. */
const WARM_UP = 100;

/**
 * A comparison: one compilation, and calls until either bound. So few short calls are measured one
 * by one, and each compiler makes as many, so that calls which change their instance can be
 * compared too.
 */
const BRIEF = { rounds: 1, calls: 20, time_ms: 300, warm_up_ms: 0 };

/** The most benches of a tab, which are as many as the workbench keeps. */
const MOST_REPORTS = 10;

/** The text and the settings that were measured. */
interface Measured {
  revision: number | null;
  settings: string;
}

/** The argument that grows, its least and greatest value, and the number of values. */
export type Sweep = Pick<GrowthOrder, 'swept' | 'from' | 'to' | 'points'>;

/** The bench of one tab. */
export class Bench {
  /** The chosen export; the first one until a person has chosen. */
  chosen: string | null = $state(null);
  /** The compilers and engines that take part. */
  compilers: Compiler[] = $state([...EVERY]);
  engines: Engine[] = $state(['jit']);
  /** The seconds of calls of each contender. */
  seconds = $state(1);
  /** The benches of this tab, the last one last. */
  reports: readonly BenchReport[] = $state.raw([]);
  /** The last bench. */
  readonly report = $derived(this.reports.at(-1) ?? null);
  /** The phase whose distribution is shown. */
  phase: Phase = $state('call');
  /** The keys of the two that are laid over one another, or null for all of the last bench. */
  overlay: readonly [string, string] | null = $state.raw(null);
  #measured: Measured | null = $state.raw(null);
  /** The reason why the last bench was refused. */
  refused: WireError | null = $state.raw(null);
  running = $state(false);
  /** The last growth that was measured. */
  growth: GrowthReport | null = $state.raw(null);
  /** The figures of the announcement of 2021, if this tab has its program. */
  charts: AnnouncementChart[] | null = $state.raw(null);

  readonly #app: App;
  readonly #tab: Tab;

  constructor(app: App, tab: Tab) {
    this.#app = app;
    this.#tab = tab;
    void this.#restore();
  }

  /** Gets the benches that were made before this page was opened. */
  async #restore(): Promise<void> {
    await this.#app.attempt(async () => {
      const kept = await this.#app.client['tab.benches']({ tab: this.#tab.id });
      this.growth ??= kept.growth;
      if (this.reports.length > 0) return;
      this.reports = kept.reports;
      const { measured } = kept;
      if (measured)
        this.#measured = { revision: measured.revision, settings: keyOf(measured.settings) };
    });
  }

  /** The functions that can be called; none for a WASI program, whose `_start` is called. */
  readonly choices = $derived.by(() => {
    const { module } = this.#tab;
    if (!module || module.command) return [];
    const { exports, types } = module.exports;
    return exports.flatMap(({ name, type }) => (types[type]?.kind === 'function' ? [name] : []));
  });

  /** The export to call: the chosen one, or that of the last call, or the first. */
  readonly export = $derived.by(() => {
    const wanted = [this.chosen, this.#tab.latest?.record.export ?? null];
    return (
      wanted.find((one) => one !== null && this.choices.includes(one)) ?? this.choices[0] ?? null
    );
  });

  /**
   * The arguments in one line. Those in the fields of the panel Exports, up to the first that is
   * empty, are those that a person is likely to measure.
   */
  given = $derived.by(() => {
    const fields = this.export === null ? [] : (this.#tab.fields.get(this.export) ?? []);
    const empty = fields.findIndex((text) => text.trim() === '');
    return (empty < 0 ? fields : fields.slice(0, empty)).join(' ');
  });

  /** The types of the parameters of the export. */
  readonly parameters = $derived.by(() => {
    const list = this.#tab.module?.exports;
    const found = list?.exports.find(({ name }) => name === this.export);
    const type = found ? list?.types[found.type] : undefined;
    return type?.kind === 'function' ? type.params : [];
  });

  /** The arguments of the line. */
  get arguments(): string[] {
    return argumentsIn(this.given, this.parameters);
  }

  /** True if the text or a setting other than the compiler changed since the report was made. */
  readonly outdated = $derived.by(() => {
    const { draft, settings, module, changed } = this.#tab;
    // The revision of a text is no state of Svelte's. Each change of it brings one of these.
    void [module, changed];
    if (!this.#measured || !settings) return false;
    const { revision } = this.#measured;
    return (
      (draft !== null && (draft.unsent || draft.revision !== revision)) ||
      keyOf(settings) !== this.#measured.settings
    );
  });

  /** Measures how the time of the export grows with an argument, and keeps the result. */
  async grow({ swept, from, to, points }: Sweep): Promise<void> {
    const given = this.arguments;
    const order = {
      export: this.export ?? '',
      arguments: this.parameters.map((_, at) => given[at] ?? '0'),
      ...{ swept, from, to, points },
      contenders: this.#contenders(),
      time_ms: Math.round(this.seconds * 1000),
    };
    this.running = true;
    this.refused = await this.#app.ask(async () => {
      await this.#tab.settle();
      this.growth = await this.#app.client['tab.growth']({ tab: this.#tab.id, order });
    });
    this.running = false;
  }

  #contenders(compilers = this.compilers, engines = this.engines): Contender[] {
    const installed = (this.#app.welcome?.compilers ?? []).filter(({ missing }) => !missing);
    const here = compilers.filter((one) => installed.some(({ compiler }) => compiler === one));
    return contendersOf(here, engines, this.#tab.settings?.optimisation ?? 'speed');
  }

  /** Measures, and keeps the report. */
  start(): Promise<void> {
    const time_ms = Math.round(this.seconds * 1000);
    const bounds = { rounds: 0, calls: 0, time_ms, warm_up_ms: WARM_UP };
    return this.#measure({ ...bounds, contenders: this.#contenders() });
  }

  /** Measures the call briefly with every installed compiler, and keeps the report. */
  compare(): Promise<void> {
    const engine = this.#tab.settings?.engine ?? 'jit';
    return this.#measure({ ...BRIEF, contenders: this.#contenders([...EVERY], [engine]) });
  }

  /**
   * Lets the contenders race with the call. The tab runs the first code that is ready, and events
   * tell how they do.
   */
  async race(): Promise<void> {
    const contenders = this.#contenders();
    const ends_with_page = this.#app.kept.preferences.endRaces;
    const order = { contenders, export: this.export, arguments: this.arguments, ends_with_page };
    this.refused = await this.#app.ask(async () => {
      await this.#tab.settle();
      await this.#tab.beginRace(order);
    });
  }

  async #measure(bounds: Omit<BenchOrder, 'export' | 'arguments'>): Promise<void> {
    const order = { export: this.export, arguments: this.arguments, ...bounds };
    this.running = true;
    this.refused = await this.#app.ask(async () => {
      await this.#tab.settle();
      const { draft, settings } = this.#tab;
      const measured = {
        revision: draft?.revision ?? null,
        settings: settings ? keyOf(settings) : '',
      };
      const report = await this.#app.client['tab.bench']({ tab: this.#tab.id, order });
      this.reports = [...this.reports, report].slice(-MOST_REPORTS);
      this.#measured = measured;
    });
    this.running = false;
  }

  /** Gives the last report as a file. */
  async save(form: ReportForm): Promise<void> {
    await this.#app.attempt(async () => {
      const { reply, bytes } = await this.#app.client['tab.bench_report']({
        tab: this.#tab.id,
        form,
      });
      await this.#app.platform.giveFile(reply.name, reply.media_type, bytes);
    });
  }
}

/** Returns the settings as a text. The compiler is left out, because all of them are compared. */
function keyOf(settings: Settings): string {
  return JSON.stringify({ ...settings, compiler: null });
}

const BENCHES = new WeakMap<Tab, Bench>();

/** Returns the bench of a tab. */
export function benchOf(app: App, tab: Tab): Bench {
  const known = BENCHES.get(tab);
  if (known) return known;
  let made!: Bench;
  // Its derived values would end with the component that asks for it first.
  $effect.root(() => void (made = new Bench(app, tab)));
  BENCHES.set(tab, made);
  return made;
}

/**
 * Opens the program of the announcement of 2021 in a tab and measures it with the three compilers.
 * Without the file, the workbench looks for it. Returns the reason if there is no such program.
 */
export async function measureAnnouncement(app: App, file: File | null): Promise<WireError | null> {
  return app.ask(async () => {
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0));
    const { tab, charts } = await app.client['announcement.open']({}, bytes);
    app.row.activate(tab.summary.id);
    const opened = app.row.find(tab.summary.id);
    if (!opened) return;
    await opened.fetch();
    const bench = benchOf(app, opened);
    [bench.charts, bench.compilers, bench.engines] = [charts, [...EVERY], ['jit']];
    await bench.start();
  });
}
