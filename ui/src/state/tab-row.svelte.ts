// The open tabs, the active one, and opening, moving and closing tabs.

import { tick } from 'svelte';
import { RequestError } from '../platform/errors.ts';
import { nameOf, type ChosenFile } from '../platform/platform.ts';
import type { TabSummary, TabView } from '../protocol.ts';
import type { StoredPreferences } from './stored-preferences.svelte.ts';
import { Tab, type Surroundings } from './tab.svelte.ts';
import { words } from '../words/state/tab-row.ts';

/** The page, as far as the row of tabs needs it. */
export interface RowSurroundings extends Surroundings {
  readonly kept: StoredPreferences;
  /** Runs an action that may fail, and shows its error as a notice. */
  attempt(action: () => Promise<unknown>): Promise<void>;
  /** Runs a tab. */
  run(tab: Tab): Promise<void>;
  /** Takes an import object into the active tab. */
  takeImports(file: ChosenFile): Promise<void>;
}

/** The most closed tabs that the page lists. The workbench can reopen as many. */
const MOST_CLOSED = 100;
/** The most files that are listed as recent. */
const MOST_RECENT = 12;

/** The row of tabs. */
export class TabRow {
  tabs: readonly Tab[] = $state.raw([]);
  activeId: number | null = $state(null);
  /** The files that are being opened, in their order. */
  coming: readonly ChosenFile[] = $state.raw([]);
  /** The tab whose name is being typed. */
  renaming: number | null = $state(null);
  /** The tabs that were closed in this page, the last one first. */
  closed: readonly TabSummary[] = $state.raw([]);
  readonly #page: RowSurroundings;
  /** The number of pending requests that open a tab, and the row of tabs that arrived meanwhile. */
  #opening = 0;
  #waitingRow: readonly TabSummary[] | null = null;

  constructor(page: RowSurroundings) {
    this.#page = page;
  }

  get active(): Tab | null {
    return this.tabs.find((tab) => tab.id === this.activeId) ?? null;
  }

  find(id: number): Tab | undefined {
    return this.tabs.find((tab) => tab.id === id);
  }

  /** Shows a tab. */
  activate(id: number | null): void {
    const { kept } = this.#page;
    // The fields of the former tab disappear.
    void this.active?.settle();
    this.activeId = id;
    if (id !== kept.preferences.active) kept.prefer({ active: id });
    const tab = this.active;
    if (tab && !tab.loaded) void this.#page.attempt(() => tab.fetch());
  }

  async newTab(): Promise<void> {
    await this.#open(() => this.#page.client['tab.new']({ title: null, text: null }));
    const { compiler } = this.#page.kept.preferences;
    if (compiler !== null) void this.active?.configure({ compiler });
    await tick();
    this.active?.draft?.shower?.focus();
  }

  async openLesson(lesson: string): Promise<void> {
    await this.#open(() => this.#page.client['tab.open_lesson']({ lesson }));
  }

  /**
   * Opens files one after the other, with a notice for each that fails. The row shows them at
   * once. Import objects come last: they are for the tab that is then active, which may have come
   * with them.
   */
  async openFiles(files: readonly ChosenFile[]): Promise<void> {
    const { client } = this.#page;
    const objects = files.filter((file) => nameOf(file).toLowerCase().endsWith('.imports.json'));
    const others = files.filter((file) => !objects.includes(file));
    this.coming = [...this.coming, ...others];
    for (const file of others) {
      if (nameOf(file).toLowerCase().endsWith('.zip')) {
        await this.#openCourse(file);
      } else {
        await this.#open(
          async () =>
            'path' in file
              ? client['tab.open_path']({ path: file.path })
              : client['tab.open_bytes']({ name: file.name }, await file.read()),
          async (module) =>
            'path' in file
              ? client['component.open_path']({ path: file.path, module })
              : client['component.open']({ name: file.name, module }, await file.read()),
        );
      }
      this.coming = this.coming.filter((one) => one !== file);
    }
    for (const file of objects) await this.#page.takeImports(file);
  }

  /** Opens a course of lessons, and its first lesson. */
  async #openCourse(file: ChosenFile): Promise<void> {
    const { client } = this.#page;
    await this.#page.attempt(async () => {
      const { first } =
        'path' in file
          ? await client['course.open_path']({ path: file.path })
          : await client['course.open']({ name: file.name }, await file.read());
      await this.openLesson(first);
    });
  }

  closeTab(id: number): Promise<void> {
    return this.closeTabs(this.tabs.filter((tab) => tab.id === id));
  }

  /** Closes tabs, and offers to take that back. */
  async closeTabs(tabs: readonly Tab[]): Promise<void> {
    const order = this.tabs.map((tab) => tab.id);
    const closed: TabSummary[] = [];
    const { kept, client, notices } = this.#page;
    await this.#page.attempt(async () => {
      for (const tab of tabs) {
        await tab.settle();
        await client['tab.close']({ tab: tab.id });
        closed.unshift(tab.summary);
      }
    });
    const [last] = closed;
    if (!last) return;
    this.closed = [...closed, ...this.closed].slice(0, MOST_CLOSED);
    const files = closed.flatMap(({ path }) => path ?? []);
    const others = kept.preferences.recent.filter((path) => !files.includes(path));
    const recent = [...files, ...others];
    if (files.length > 0) kept.prefer({ recent: recent.slice(0, MOST_RECENT) });
    const what = closed.length === 1 ? `\`${last.title}\`` : words.tabs(closed.length);
    notices.info(words.closed(what), {
      label: words.undo,
      press: () => void this.#bringBack(order),
    });
  }

  /** Reopens closed tabs in the places that they had. */
  async #bringBack(order: readonly number[]): Promise<void> {
    for (const { id } of this.closed.filter((tab) => order.includes(tab.id)))
      await this.reopenTab(id);
    // Tabs that were opened since come after them.
    const place = ({ id }: Tab) => (order.includes(id) ? order.indexOf(id) : order.length);
    this.tabs = this.tabs.toSorted((a, b) => place(a) - place(b));
    await this.#page.attempt(() =>
      this.#page.client['tab.order']({ tabs: this.tabs.map((one) => one.id) }),
    );
  }

  /** Reopens a closed tab, or the one that was closed last. */
  async reopenTab(id: number | null = null): Promise<void> {
    await this.#open(async () => {
      const { tab } = await this.#page.client['tab.reopen']({ tab: id });
      if (!tab) this.#page.notices.info(words.noClosedTabReopen);
      const gone = tab?.summary.id ?? id;
      this.closed = this.closed.filter((one) => one.id !== gone);
      return tab;
    });
  }

  /** Gives another name to the tab whose name is being typed. */
  async rename(title: string): Promise<void> {
    const tab = this.renaming === null ? undefined : this.find(this.renaming);
    this.renaming = null;
    const name = title.trim();
    if (!tab || name === '' || name === tab.summary.title) return;
    await this.#page.attempt(() => this.#page.client['tab.rename']({ tab: tab.id, title: name }));
  }

  /** Moves a tab to another place of the row, which shows at once. */
  async moveTab(id: number, index: number): Promise<void> {
    const tab = this.find(id);
    if (!tab || index < 0 || index >= this.tabs.length || this.tabs[index] === tab) return;
    const others = this.tabs.filter((one) => one !== tab);
    this.tabs = others.toSpliced(index, 0, tab);
    await this.#page.attempt(() =>
      this.#page.client['tab.order']({ tabs: this.tabs.map((one) => one.id) }),
    );
  }

  /** Takes the row of the workbench, or keeps it until the tab that is being opened has arrived. */
  receive(summaries: readonly TabSummary[]): void {
    if (this.#opening > 0) this.#waitingRow = summaries;
    else this.arrange(summaries);
  }

  /** Takes the row of tabs. If the active tab is gone, its neighbour becomes active. */
  arrange(summaries: readonly TabSummary[]): void {
    const index = this.tabs.findIndex((tab) => tab.id === this.activeId);
    this.tabs = summaries.map((summary) => {
      const tab = this.find(summary.id) ?? new Tab(summary, this.#page);
      tab.summary = summary;
      return tab;
    });
    if (!this.active)
      this.activate((this.tabs[Math.max(0, index)] ?? this.tabs.at(-1))?.id ?? null);
  }

  /**
   * Reads the imports of tabs again that import from other tabs, because an export may have
   * changed.
   */
  readLinked(changed?: number): void {
    const linked = this.tabs.filter(
      (tab) => tab.loaded && tab.id !== changed && tab.imports.linked,
    );
    for (const tab of linked) void tab.imports.read();
  }

  /**
   * Opens a tab and activates it. The event about it arrives before the reply that brings it. The
   * row waits for both, so that no tab is drawn before it is active. If the file is a component,
   * `core` opens a core module inside of it.
   */
  async #open(
    request: () => Promise<TabView | null>,
    core?: (module: number) => Promise<TabView>,
  ): Promise<void> {
    this.#opening++;
    try {
      const view = await request();
      this.#arrangeLatest();
      if (view) {
        this.#tabOf(view.summary).load(view);
        this.activate(view.summary.id);
      }
    } catch (error) {
      const inside = error instanceof RequestError ? (error.wire.component?.program ?? null) : null;
      this.#page.notices.error(
        error,
        core && inside !== null
          ? { label: words.runCore(inside), press: () => void this.#run(() => core(inside)) }
          : undefined,
      );
    } finally {
      this.#opening--;
      this.#arrangeLatest();
    }
  }

  /** Opens a tab and runs it. */
  async #run(request: () => Promise<TabView>): Promise<void> {
    const before = this.active;
    await this.#open(request);
    if (this.active && this.active !== before) await this.#page.run(this.active);
  }

  /** Takes the row that arrived while a tab was being opened. */
  #arrangeLatest(): void {
    const row = this.#waitingRow;
    this.#waitingRow = null;
    if (row) this.arrange(row);
  }

  #tabOf(summary: TabSummary): Tab {
    const known = this.find(summary.id);
    if (known) return known;
    const tab = new Tab(summary, this.#page);
    this.tabs = [...this.tabs, tab];
    return tab;
  }
}
