// One tab: its state in the workbench, and the requests about it.

import { setDiagnostics } from '@codemirror/lint';
import { SvelteMap } from 'svelte/reactivity';
import { diagnosticsOf } from '../editor/diagnostics.ts';
import { extensionsOf } from '../editor/extensions.ts';
import { jumpTo } from '../editor/place.ts';
import { trapPlaceOf } from '../editor/trap-place.ts';
import type { Client } from '../client.ts';
import {
  MOST_BYTES,
  MOST_RECORDS,
  MOST_TYPED,
  OUTPUT_SHOWN_EVERY,
  type DownloadKind,
  type InstanceView,
  type LessonCheck,
  type Maker,
  type ModuleView,
  type Passport,
  type Place,
  type Problem,
  type Race,
  type RaceOrder,
  type RunRecord,
  type RunReport,
  type RunState,
  type Settings,
  type TabSummary,
  type TabView,
  type WorkbenchEvent,
} from '../protocol.ts';
import type { PanelId } from '../values/panels.ts';
import { withCall, type CallEntry } from './call-history.ts';
import { ConsoleText } from './console.svelte.ts';
import { Draft } from './draft.ts';
import { Echoes } from './echoes.ts';
import type { Notices } from './notices.svelte.ts';
import { TabImports } from './tab-imports.svelte.ts';
import { words } from '../words/state/tab.ts';

/** The milliseconds after which the page shows that a download is being made. */
const LONG = 200;

/** The page, as far as a tab needs it. */
export interface Surroundings {
  readonly client: Client;
  readonly notices: Notices;
  /** This page's own name. Events about its own edits carry it. */
  readonly name: string;
  /** Brings a panel to the front if the tab is the active one. */
  attend(tab: Tab, panel: PanelId): void;
  /** Gives back the place of a panel that came by `attend` and has nothing more to say. */
  giveBack(tab: Tab, panel: PanelId): void;
}

/** An event about one tab. */
export type TabEvent = Extract<WorkbenchEvent, { tab: number }>;
type TextEvent = Extract<WorkbenchEvent, { event: 'text' }>;

/** One tab, as the workbench last described it. */
export class Tab {
  summary: TabSummary = $state.raw() as TabSummary;
  /** True if the whole tab has been read, or only its summary. */
  loaded = $state(false);
  /** True if Run lets all compilers race. */
  racing = $state(false);
  /** A comparison that was asked for and has not begun: of this export, or of the chosen one. */
  comparing: { export: string | null } | null = $state.raw(null);
  /** The last race. */
  race: Race | null = $state.raw(null);
  /** The checks of its lesson that are known while `lesson.check` goes on. */
  checks: readonly LessonCheck[] = $state.raw([]);
  /** The text during editing; null if it is too large to be edited. */
  draft: Draft | null = $state.raw(null);
  settings: Settings | null = $state.raw(null);
  module: ModuleView | null = $state.raw(null);
  passport: Passport | null = $state.raw(null);
  /** The maker of the artifact. */
  maker: Maker | null = $state.raw(null);
  problems: readonly Problem[] = $state.raw([]);
  run: RunState = $state.raw({ state: 'idle' });
  /** The Run or Call that was pressed last in this page: it resolves when that has ended. */
  pressed: Promise<unknown> = Promise.resolve();
  /** True if a WASI program waits for its standard input. */
  waiting = $state(false);
  /** The download that is being made, if it takes a while. */
  making: DownloadKind | null = $state(null);
  instance: InstanceView | null = $state.raw(null);
  /** True if the text changed since the instance was made. */
  outdated = $state(false);
  /** The cursor in the text: both count from 1, columns in characters. */
  cursor = $state.raw({ line: 1, column: 1 });
  /** The line to go back to after the text jumped to a problem or a trap, or null. */
  back: number | null = $state(null);
  /** True if the text or a setting changed since the last run or call began. */
  changed = $state(false);
  /** The result of the last run or call. */
  latest: RunReport | null = $state.raw(null);
  /** The result of the last Run. */
  report: RunReport | null = $state.raw(null);
  /** The result of the last call of each export. */
  readonly calls = new SvelteMap<string, RunReport>();
  /**
   * The calls of each export from this page. They outlive an instance, so that they can be
   * compared.
   */
  readonly made = new SvelteMap<string, readonly CallEntry[]>();
  /**
   * Grows after each run, call or setting of a value, because everything read from the instance may
   * have changed.
   */
  touched = $state(0);
  /** The texts in the argument fields of each export. */
  readonly fields = new SvelteMap<string, readonly string[]>();
  /** The reason why the triple in its field cannot be the target, or null. */
  wrongTarget: string | null = $state(null);
  /** The search text of each panel with a list. */
  readonly search = $state({ exports: '', imports: '', calls: '' });
  /**
   * The standard input that is being typed, the lines that were sent, the oldest first, and whether
   * each key is sent by itself instead.
   */
  readonly typed = $state<{ line: string; sent: string[]; raw: boolean }>({
    line: '',
    sent: [],
    raw: false,
  });
  /** A new variable for the WASI program. It is kept only here until it has a name. */
  readonly variable = $state({ name: '', value: '' });
  history: readonly RunRecord[] = $state.raw([]);
  readonly console = new ConsoleText();
  /** The imports of its module and their providers. */
  readonly imports: TabImports = new TabImports(this);

  readonly #page: Surroundings;
  /** True if the guest has written since the last Run began. */
  #wrote = false;
  /** The record whose trap is marked. */
  #marked: number | null = null;
  #configured = Promise.resolve();
  readonly #echoes = new Echoes<Settings>();
  /**
   * The newest revision that an event told of and whose text is not here, and whether it was
   * requested.
   */
  #wanted = 0;
  #asking = false;
  /** The ends of the output that was drawn and told, and whether a frame is awaited that draws it. */
  #drawn = 0;
  #told = 0;
  #drawing = false;
  /** The texts that are on their way to the program. */
  #typing: Promise<void> = Promise.resolve();
  /** The number of events that told of a race. */
  #raced = 0;

  constructor(summary: TabSummary, page: Surroundings) {
    this.summary = summary;
    this.#page = page;
  }

  get id(): number {
    return this.summary.id;
  }

  get client(): Client {
    return this.#page.client;
  }

  get busy(): boolean {
    return this.run.state !== 'idle';
  }

  /** True if a WASI program runs, and a person can type its standard input. */
  get listens(): boolean {
    const input = this.settings?.wasi.input.kind;
    return this.busy && !!this.module?.wasi && (input === 'terminal' || input === 'pipe');
  }

  /** Takes the whole tab: when it is first shown, and whenever events may have been missed. */
  load(view: TabView): void {
    this.summary = view.summary;
    this.settings = view.settings;
    this.module = view.module;
    this.passport = view.passport;
    this.maker = view.maker;
    this.run = view.state;
    this.instance = view.instance;
    this.history = view.history;
    this.race = view.race;
    this.#show(view.report);
    this.console.clear();
    this.console.append(view.console);
    this.#wanted = 0;
    this.#receive(view.text, view.revision, true);
    this.#underline(view.problems, view.revision);
    this.outdated = view.instance !== null && view.instance.revision !== view.revision;
    if (view.report && view.state.state === 'idle') this.#markTrap(view.report);
    this.changed = view.report !== null && view.report.revision !== view.revision;
    this.loaded = true;
    void this.imports.read();
  }

  /** Takes an event about the tab. */
  receive(event: TabEvent): void {
    switch (event.event) {
      case 'state':
        this.#enter(event.state);
        return;
      case 'settings':
        if (JSON.stringify(event.settings) !== JSON.stringify(this.settings)) this.changed = true;
        this.settings = this.#echoes.hear(event.settings) ?? this.settings;
        if (this.loaded) void this.imports.read();
        return;
      case 'race':
        this.race = event.race;
        this.#raced++;
        return;
    }
    // The rest comes with the whole tab when it is first shown.
    if (!this.loaded) return;
    switch (event.event) {
      case 'text':
        this.outdated = this.instance !== null;
        this.changed = true;
        this.#follow(event);
        return;
      case 'checked':
        this.module = event.module;
        this.#underline(event.problems, event.revision);
        void this.imports.read();
        return;
      case 'instance':
        if (event.instance?.generation !== this.instance?.generation) {
          // A text that is not sent yet will have an event of its own.
          this.outdated =
            !!event.instance && !!this.draft && event.instance.revision !== this.draft.revision;
          this.calls.clear();
        }
        this.instance = event.instance;
        this.touched++;
        return;
      case 'finished':
        this.touched++;
        // The tab is free. The state that says so may come 17 ms later, because states are sent at
        // most 60 times a second.
        this.#enter({ state: 'idle' });
        this.#finish(event.report);
        return;
      case 'console':
        this.console.append(event.chunks, event.skipped);
        this.#draw(event.end);
        if (!this.#wrote) this.#page.attend(this, 'console');
        this.#wrote = true;
        return;
      case 'lesson_checked':
        // If one was missed, the rest comes with the reply.
        if (event.at === this.checks.length) this.checks = [...this.checks, event.check];
        return;
      case 'input_wanted':
        this.waiting = true;
        this.#page.attend(this, 'console');
        return;
      case 'console_cleared':
        this.console.clear();
        return;
      case 'history_cleared':
        this.history = [];
        return;
    }
  }

  /**
   * Changes some settings. They show at once, and are replaced by the workbench's when it replies.
   */
  configure(changes: Partial<Settings>): Promise<void> {
    if (!this.settings) return Promise.resolve();
    const before = this.settings;
    const settings = { ...before, ...changes };
    this.settings = settings;
    this.changed = true;
    this.#echoes.begin();
    // Changes are sent one after the other, so that the last one stays.
    this.#configured = this.#configured.then(async () => {
      try {
        await this.#page.client['tab.configure']({ tab: this.id, settings });
      } catch (error) {
        if (this.settings === settings) this.settings = before;
        this.#page.notices.error(error);
      }
      this.settings = this.#echoes.end() ?? this.settings;
    });
    return this.#configured;
  }

  /**
   * Sends everything that is not sent yet. When it resolves, the workbench has the text and the
   * settings that are shown here.
   */
  async settle(): Promise<void> {
    this.imports.flush();
    await this.draft?.flush();
    await this.#configured;
  }

  /** Waits for a download that is being made, and shows that if it takes long. */
  async make<T>(what: DownloadKind, made: Promise<T>): Promise<T> {
    const timer = setTimeout(() => (this.making = what), LONG);
    try {
      return await made;
    } finally {
      clearTimeout(timer);
      if (this.making === what) this.making = null;
    }
  }

  /**
   * Lets contenders race. Events tell how they do. The reply may come after those of a newer race, so
   * its state is not taken.
   */
  async beginRace(order: RaceOrder): Promise<void> {
    await this.client['tab.race']({ tab: this.id, order });
  }

  /** Uses the code of another contender of the race. An event tells what became of the race. */
  async moveUp(lane: number): Promise<void> {
    await this.client['tab.move_up']({ tab: this.id, lane });
  }

  /** Shows a place of the text, even if another panel hides the editor. */
  show(place: Place): void {
    this.#page.attend(this, 'editor');
    const jump = this.draft && jumpTo(this.draft.state.doc, place);
    if (!jump) return;
    this.draft?.leave();
    this.draft?.shower?.dispatch(jump);
    this.draft?.shower?.focus();
  }

  /**
   * Gives the program that runs a text at its standard input, with the end after it or not. Texts go
   * one after the other: the first may wait until the program is compiled, and requests may be
   * answered in another order.
   */
  input(text: string, end: boolean): Promise<void> {
    this.waiting = false;
    const given = this.#typing.then(() => this.#give(text, end));
    this.#typing = given.catch(() => {});
    return given;
  }

  async #give(text: string, end: boolean): Promise<void> {
    const most = this.settings?.wasi.input.kind === 'terminal' ? MOST_TYPED : MOST_BYTES;
    let rest = new TextEncoder().encode(text);
    do {
      const piece = rest.subarray(0, most);
      const { taken } = await this.#page.client['tab.input'](
        { tab: this.id, end: end && piece.length === rest.length, raw: this.typed.raw },
        piece,
      );
      if (taken === 0 && piece.length > 0) throw new Error(words.programMuchInputNot);
      rest = rest.subarray(taken);
    } while (rest.length > 0);
  }

  /** Keeps a call that was made in this page. */
  remember(name: string, entry: CallEntry): void {
    this.made.set(name, withCall(this.made.get(name) ?? [], entry));
  }

  /** Empties the history of an export. */
  forget(name: string): void {
    this.made.delete(name);
  }

  /** Tells the workbench with the next frame that output is drawn, if there is much of it. */
  #draw(end: number): void {
    this.#told = end;
    // Watshop was started anew, and counts from the beginning.
    if (end < this.#drawn) this.#drawn = 0;
    if (this.#drawing || end - this.#drawn < OUTPUT_SHOWN_EVERY) return;
    this.#drawing = true;
    const drawn = () => {
      this.#drawing = false;
      this.#drawn = this.#told;
      // A tab that was closed meanwhile has no output.
      this.client['tab.output_shown']({ tab: this.id, end: this.#drawn }).catch(() => undefined);
    };
    // A page that is not seen has no frames.
    if (document.hidden) drawn();
    else requestAnimationFrame(() => setTimeout(drawn));
  }

  /** Takes a state, and clears the marks of the last run or call when the next one begins. */
  #enter(next: RunState): void {
    if (next.state === 'idle') this.waiting = false;
    if (this.run.state === 'idle' && next.state !== 'idle') {
      this.draft?.mark(null);
      this.changed = false;
    }
    if (this.run.state !== 'running' && next.state === 'running') this.#wrote = false;
    this.run = next;
  }

  /** Marks the place of a trap if the text that ran is still the one shown. */
  #markTrap({ record, outcome, revision }: RunReport): void {
    // If the whole tab arrives again, the text has the mark already, or an edit removed it.
    if (!this.draft || record.id === this.#marked) return;
    this.#marked = record.id;
    const place = outcome.outcome === 'failed' ? trapPlaceOf(outcome.error) : null;
    const same = revision === this.draft.revision && !this.draft.unsent;
    this.draft.mark(same ? place : null);
  }

  #finish(report: RunReport): void {
    this.#show(report);
    this.#markTrap(report);
    // A failed call shows its error beside its button.
    if (report.record.kind === 'run') {
      const { outcome } = report.outcome;
      if (outcome === 'failed') this.#page.attend(this, 'problems');
      else this.#page.giveBack(this, 'problems');
      if (outcome === 'built') this.#page.attend(this, 'artifact');
    }
    const known = this.history.some((record) => record.id === report.record.id);
    if (!known) this.history = [...this.history, report.record].slice(-MOST_RECORDS);
  }

  #show(report: RunReport | null): void {
    this.latest = report;
    if (report?.record.kind === 'call' && report.record.export !== null) {
      this.calls.set(report.record.export, report);
    } else {
      this.report = report;
    }
  }

  #receive(text: string | null, revision: number, missed = false): void {
    if (text === null) this.draft = null;
    else if (this.draft && missed) this.draft.resume(text, revision);
    else if (this.draft) this.draft.receive(text, revision);
    else this.draft = this.#draftOf(text, revision);
  }

  /**
   * Takes a change of the text. If it does not follow from the text here, the whole text is
   * requested.
   */
  #follow({ change, client, revision }: TextEvent): void {
    const mine = client === this.#page.name;
    const { draft } = this;
    // The reply to this page's own edit may have arrived before.
    if (draft && revision <= draft.revision) return;
    if (draft && change && draft.follow(change, revision, mine)) return;
    if (draft && mine && draft.landed(revision)) return;
    this.#wanted = Math.max(this.#wanted, revision);
    if (!this.#asking) void this.#ask();
  }

  /** Requests all of the tab, while no edit is in progress. */
  async fetch(): Promise<void> {
    await this.#alone(async () => {
      const raced = this.#raced;
      const view = await this.client['tab.get']({ tab: this.id });
      // An event that came before the reply may be newer, and no other need follow it.
      this.load(raced === this.#raced ? view : { ...view, race: this.race });
    });
  }

  /** Requests the text until it is the newest that an event told of. */
  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      await this.#alone(async () => {
        while (!this.draft || this.draft.revision < this.#wanted) {
          const view = await this.client['tab.get']({ tab: this.id });
          this.#receive(view.text, view.revision);
          if (view.revision >= this.#wanted) return;
        }
      });
    } catch (error) {
      this.#page.notices.error(error);
    } finally {
      this.#asking = false;
    }
  }

  #alone(action: () => Promise<void>): Promise<void> {
    return this.draft ? this.draft.alone(action) : action();
  }

  #draftOf(text: string, revision: number): Draft {
    const { client, name, notices } = this.#page;
    const draft: Draft = new Draft(
      text,
      revision,
      extensionsOf(() => draft),
      {
        change: (change, after) =>
          client['tab.change']({ tab: this.id, after, change, client: name }),
        replace: (text, after) => client['tab.edit']({ tab: this.id, text, after, client: name }),
        read: () => client['tab.get']({ tab: this.id }),
        failed: (error) => notices.error(error),
        typed: () => (this.changed = true),
        // The underlines went with the words that were taken away.
        same: () => this.draft && this.#underline(this.problems, this.draft.revision),
        moved: (line, column) => (this.cursor = { line, column }),
        left: (line) => (this.back = line),
      },
    );
    return draft;
  }

  #underline(problems: readonly Problem[], revision: number): void {
    // Problems of an older text would stand in the wrong places. The newer text is being checked.
    if (this.draft && (revision < this.draft.revision || this.draft.unsent)) return;
    this.problems = problems;
    if (!this.draft) return;
    const { state } = this.draft;
    this.draft.dispatch(setDiagnostics(state, diagnosticsOf(state.doc, problems)));
  }
}
