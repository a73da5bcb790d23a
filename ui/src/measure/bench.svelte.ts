// The benches of tabs: what is chosen, and the last report of each.

import type { App } from '../state/app.svelte.ts';
import type { Tab } from '../state/tab.svelte.ts';
import type { BenchReport, Compiler, Engine, ReportForm, WireError } from '../protocol.ts';
import { contendersOf } from './rows.ts';

/** The milliseconds of calls before the first sample. */
const WARM_UP = 100;

/** The bench of one tab. */
export class Bench {
  /** The chosen export; the first one until a person has chosen. */
  chosen: string | null = $state(null);
  /** The compilers and engines that take part. */
  compilers: Compiler[] = $state(['singlepass', 'cranelift', 'llvm']);
  engines: Engine[] = $state(['jit']);
  /** The seconds of calls of each contender. */
  seconds = $state(1);
  report: BenchReport | null = $state.raw(null);
  /** The reason why the last bench was refused. */
  refused: WireError | null = $state.raw(null);
  running = $state(false);

  readonly #app: App;
  readonly #tab: Tab;

  constructor(app: App, tab: Tab) {
    this.#app = app;
    this.#tab = tab;
  }

  /** Measures, and keeps the report. */
  async start(name: string | null, given: readonly string[]): Promise<void> {
    const installed = (this.#app.welcome?.compilers ?? []).filter(({ missing }) => !missing);
    const compilers = this.compilers.filter((one) =>
      installed.some(({ compiler }) => compiler === one),
    );
    const order = {
      export: name,
      arguments: [...given],
      contenders: contendersOf(
        compilers,
        this.engines,
        this.#tab.settings?.optimisation ?? 'speed',
      ),
      rounds: 0,
      calls: 0,
      time_ms: Math.round(this.seconds * 1000),
      warm_up_ms: WARM_UP,
    };
    this.running = true;
    this.refused = await this.#app.ask(async () => {
      await this.#tab.settle();
      this.report = await this.#app.client['tab.bench']({ tab: this.#tab.id, order });
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

const BENCHES = new WeakMap<Tab, Bench>();

/** Returns the bench of a tab. */
export function benchOf(app: App, tab: Tab): Bench {
  const known = BENCHES.get(tab);
  if (known) return known;
  const made = new Bench(app, tab);
  BENCHES.set(tab, made);
  return made;
}
