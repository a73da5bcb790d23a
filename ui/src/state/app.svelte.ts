import { tick } from 'svelte';
import { clientOf, type Client } from '../client.ts';
import { ConnectionError, RequestError } from '../platform/errors.ts';
import { nameOf, type ChosenFile, type Connection, type Platform } from '../platform/platform.ts';
import type { DownloadKind, TabSummary, TabView, Welcome, WireError, WorkbenchEvent } from '../protocol.ts';
import type { PanelId } from '../layout/panels.ts';
import { Notices } from './notices.svelte.ts';
import { DEFAULT_PREFERENCES, readPreferences, recall, remember, type Preferences } from './preferences.ts';
import { Tab } from './tab.svelte.ts';
import { TargetList } from './targets.svelte.ts';
import { ThemeChoice, type Theme } from './theme.svelte.ts';

/** Milliseconds after the last change before the preferences are saved. */
const PAUSE = 400;

/** The page's state: what the workbench told, and what the person chose. */
export class App {
  readonly platform: Platform;
  readonly client: Client;
  readonly notices = new Notices();
  readonly theme = new ThemeChoice();
  readonly targets: TargetList;
  /** This page's name for itself among all pages on the workbench. */
  readonly name = crypto.randomUUID();

  connection: Connection = $state('connecting');
  welcome: Welcome | null = $state.raw(null);
  tabs: readonly Tab[] = $state.raw([]);
  activeId: number | null = $state(null);
  preferences: Preferences = $state.raw(DEFAULT_PREFERENCES);
  /** What asks for all of the keyboard, where something does. */
  dialog: 'palette' | 'shortcuts' | 'sizes' | null = $state(null);

  /** The page of the guide that is open, by its place from `docs/guide`. */
  guide: string | null = $state(null);

  /** What a shell's menu asks for: the commands set it, to need nothing of this class. */
  onCommand: (command: string) => void = () => undefined;

  /** Brings a panel to the front: the dock sets it. */
  onReveal: (panel: PanelId) => void = () => undefined;

  /** Puts every panel back in its first place: the dock sets it. */
  onResetLayout: () => void = () => undefined;

  #saving: ReturnType<typeof setTimeout> | undefined;
  /** Requests on their way that open a tab, and the row of tabs that came meanwhile. */
  #opening = 0;
  #waitingRow: readonly TabSummary[] | null = null;
  /** The tab that a shell wants shown, where it said so before the tabs were known. */
  #wanted: number | null = null;
  /** Import objects that a shell has for the tab that is shown, from before that is known. */
  #objects: ChosenFile[] = [];

  constructor(platform: Platform) {
    this.platform = platform;
    this.client = clientOf(platform);
    this.targets = new TargetList(this.client);
  }

  /** Opens the guide: at a page, or where it was left. */
  openGuide(page?: string): void {
    this.guide = page ?? this.guide ?? 'README.md';
  }

  get active(): Tab | null {
    return this.tabs.find((tab) => tab.id === this.activeId) ?? null;
  }

  /** Connects, and keeps what is shown in step with the workbench from then on. */
  start(): void {
    this.platform.connect({
      event: (event) => this.#receive(event),
      connection: (connection) => {
        this.connection = connection;
        if (connection === 'open') void this.#resync();
      },
    });
  }

  /** Shows a tab. */
  activate(id: number | null): void {
    // The fields of the tab that was shown until now go.
    void this.active?.settle();
    this.activeId = id;
    if (id !== this.preferences.active) this.prefer({ active: id });
    const tab = this.active;
    if (tab && !tab.loaded) void this.attempt(async () => tab.load(await this.client['tab.get']({ tab: tab.id })));
  }

  async newTab(): Promise<void> {
    await this.#open(() => this.client['tab.new']({ title: null, text: null }));
    await tick();
    this.active?.draft?.view?.focus();
  }

  async openLesson(lesson: string): Promise<void> {
    await this.#open(() => this.client['tab.open_lesson']({ lesson }));
  }

  /**
   * Opens files, one after the other; each that fails says so. Import objects come last: they are for the tab that is
   * shown then, which may have come with them.
   */
  async openFiles(files: readonly ChosenFile[]): Promise<void> {
    const objects = files.filter((file) => nameOf(file).toLowerCase().endsWith('.imports.json'));
    for (const file of files) {
      if (objects.includes(file)) continue;
      await this.#open(() =>
        'path' in file
          ? this.client['tab.open_path']({ path: file.path })
          : this.client['tab.open_bytes']({ name: file.name }, file.bytes),
      );
    }
    for (const file of objects) {
      const tab = this.active;
      if (!tab) {
        this.notices.error(new Error(`${nameOf(file)} is the import object of a module: open that module first.`));
        continue;
      }
      this.onReveal('imports');
      await this.openImports(tab, file);
    }
  }

  /** Takes the import object of a file into a tab; the panel Imports says how that went. */
  async openImports(tab: Tab, file: ChosenFile): Promise<void> {
    tab.imports.refused = await this.ask(async () => {
      await tab.imports.open(file);
      this.notices.info(`The import object of ${nameOf(file)} is taken.`);
    });
  }

  async closeTab(id: number): Promise<void> {
    await this.attempt(async () => {
      await this.#find(id)?.settle();
      await this.client['tab.close']({ tab: id });
    });
  }

  async reopenTab(): Promise<void> {
    await this.#open(async () => {
      const { tab } = await this.client['tab.reopen']({});
      if (!tab) this.notices.info('There is no closed tab to reopen.');
      return tab;
    });
  }

  /** Puts a tab at another place of the row; shown at once. */
  async moveTab(id: number, index: number): Promise<void> {
    const tab = this.#find(id);
    if (!tab || index < 0 || index >= this.tabs.length || this.tabs[index] === tab) return;
    const others = this.tabs.filter((one) => one !== tab);
    this.tabs = others.toSpliced(index, 0, tab);
    await this.attempt(() => this.client['tab.order']({ tabs: this.tabs.map((one) => one.id) }));
  }

  /** Compiles and runs the tab; how it ended comes as an event. */
  async run(tab: Tab): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      await this.client['tab.run']({ tab: tab.id });
    });
  }

  /**
   * Calls an export of the instance, many times where it says how often; how it ended comes as an event. Gives why it
   * was not called, where it was not.
   */
  call(tab: Tab, name: string, given: readonly string[], times: number | null = null): Promise<WireError | null> {
    return this.ask(async () => {
      const about = { tab: tab.id, export: name, arguments: [...given] };
      const report =
        times === null ? await this.client['tab.call'](about) : await this.client['tab.call_many']({ ...about, times });
      tab.remember(name, { arguments: about.arguments, times, report });
    });
  }

  async clearConsole(tab: Tab): Promise<void> {
    await this.attempt(() => this.client['tab.clear_console']({ tab: tab.id }));
  }

  async clearHistory(tab: Tab): Promise<void> {
    await this.attempt(() => this.client['tab.clear_history']({ tab: tab.id }));
  }

  async stop(tab: Tab): Promise<void> {
    await this.attempt(() => this.client['tab.stop']({ tab: tab.id }));
  }

  /** Lays the text out anew, as one step that undo takes back. */
  async format(tab: Tab): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      const before = tab.draft?.text;
      const { text } = await this.client['tab.format']({ tab: tab.id });
      // Typed in the meantime: what came back is of an older text.
      if (tab.draft?.text === before) tab.draft?.replace(text);
    });
  }

  /** Saves to the tab's file or asks for one; in a browser, which has no files, downloads the source. */
  async save(tab: Tab, where: 'same file' | 'ask'): Promise<void> {
    const { hostFiles } = this.platform;
    if (!hostFiles) return this.download(tab, 'source');
    await this.attempt(async () => {
      await tab.settle();
      const known = where === 'same file' && tab.summary.path !== null;
      const path = known ? null : await hostFiles.chooseSavePath(tab.summary.title);
      if (known || path !== null) tab.summary = await this.client['tab.save_path']({ tab: tab.id, path });
    });
  }

  /** Gives a file made of the tab; `strip` leaves out names and other custom sections of a module. */
  async download(tab: Tab, what: DownloadKind, strip = false): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      const { reply, bytes } = await tab.make(what, this.client['tab.download']({ tab: tab.id, what, strip }));
      await this.platform.giveFile(reply.name, reply.media_type, bytes);
    });
  }

  /** Changes what is kept for the next start. */
  prefer(changes: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...changes };
    // Not before the kept ones have come: they would be lost.
    if (!this.welcome) return;
    remember(JSON.stringify(this.preferences));
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), PAUSE);
  }

  /** Chooses a theme, or none to follow the system. */
  chooseTheme(theme: Theme | null): void {
    this.theme.choose(theme);
    this.prefer({ theme });
    // It is one press, not a panel that is being dragged: nothing more will follow.
    this.#save();
  }

  /** Brings a panel to the front, for a tab that has something new in it. */
  attend(tab: Tab, panel: PanelId): void {
    if (tab === this.active) this.onReveal(panel);
  }

  /** Does something that may fail, and tells when it did. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notices.error(error);
    }
  }

  /** Does something that the workbench may refuse, and gives why, to be shown beside what was asked. */
  async ask(action: () => Promise<unknown>): Promise<WireError | null> {
    try {
      await action();
    } catch (error) {
      if (error instanceof RequestError) return error.wire;
      this.notices.error(error);
    }
    return null;
  }

  /** Sends everything that was not sent yet: the page may be gone in a moment. */
  flush(): void {
    for (const tab of this.tabs) void tab.draft?.flush();
    if (this.#saving !== undefined) this.#save();
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (!this.welcome) return;
    const ui = JSON.stringify(this.preferences);
    void this.attempt(() => this.client['workbench.save_ui']({ ui }));
  }

  /**
   * Opens a tab and shows it. The event that it is there comes before the reply that brings it: the row waits for
   * both, so that no tab is seen that is not shown yet.
   */
  async #open(request: () => Promise<TabView | null>): Promise<void> {
    this.#opening++;
    try {
      const view = await request();
      this.#arrangeLatest();
      if (view) {
        this.#tabOf(view.summary).load(view);
        this.activate(view.summary.id);
      }
    } catch (error) {
      this.notices.error(error);
    } finally {
      this.#opening--;
      this.#arrangeLatest();
    }
  }

  /** Takes the row that came while a tab was being opened. */
  #arrangeLatest(): void {
    const row = this.#waitingRow;
    this.#waitingRow = null;
    if (row) this.#arrange(row);
  }

  async #resync(): Promise<void> {
    try {
      const first = this.welcome === null;
      const welcome = await this.client['workbench.hello']({});
      this.welcome = welcome;
      if (first) this.#restore(welcome);
      void this.attempt(() => this.targets.load());
      for (const tab of this.tabs) tab.loaded = false;
      this.#arrange(welcome.tabs);
      // Texts that were typed while nobody listened; a tab that is not shown is fetched for it too.
      for (const tab of this.tabs) {
        if (tab.draft?.unsent) tab.load(await this.client['tab.get']({ tab: tab.id }));
      }
      this.activate(this.activeId);
      // The dock is there after the first welcome is drawn, and has panels to bring to the front.
      await tick();
      await this.#takeObjects();
    } catch (error) {
      // A connection that was lost again resyncs when it is back.
      if (!(error instanceof ConnectionError)) this.notices.error(error);
    }
  }

  #restore(welcome: Welcome): void {
    this.preferences = readPreferences(recall() ?? welcome.ui);
    if (this.preferences.theme !== null) this.theme.choose(this.preferences.theme);
    this.activeId = this.#wanted ?? this.preferences.active;
  }

  /** What a shell asks for: a tab to show (it opened a dropped file, say), an import object to take, or a command. */
  #obey(command: string): void {
    const object = /^open_imports:(.+)$/s.exec(command)?.[1];
    if (object !== undefined) {
      this.#objects.push({ path: object });
      if (this.welcome !== null) void this.#takeObjects();
      return;
    }
    const shown = /^show_tab:(\d+)$/.exec(command)?.[1];
    if (shown === undefined) this.onCommand(command);
    else if (this.welcome === null) this.#wanted = Number(shown);
    else this.activate(Number(shown));
  }

  #takeObjects(): Promise<void> {
    return this.openFiles(this.#objects.splice(0));
  }

  #receive(event: WorkbenchEvent): void {
    switch (event.event) {
      case 'tabs':
        if (this.#opening > 0) this.#waitingRow = event.tabs;
        else this.#arrange(event.tabs);
        this.#readLinked();
        return;
      case 'behind':
        void this.#resync();
        return;
      case 'shell':
        this.#obey(event.command);
        return;
      case 'notice':
        this.notices.error(new RequestError(event.error));
        return;
      default:
        this.#find(event.tab)?.receive(event);
        if (event.event === 'checked') this.#readLinked(event.tab);
    }
  }

  /** What other tabs export matters to tabs that import from them. */
  #readLinked(changed?: number): void {
    const linked = this.tabs.filter((tab) => tab.loaded && tab.id !== changed && tab.imports.linked);
    for (const tab of linked) void tab.imports.read();
  }

  /** Takes the row of tabs. Where the shown one is gone, its neighbour is shown. */
  #arrange(summaries: readonly TabSummary[]): void {
    const index = this.tabs.findIndex((tab) => tab.id === this.activeId);
    this.tabs = summaries.map((summary) => {
      const tab = this.#find(summary.id) ?? new Tab(summary, this);
      tab.summary = summary;
      return tab;
    });
    if (!this.active) this.activate((this.tabs[Math.max(0, index)] ?? this.tabs.at(-1))?.id ?? null);
  }

  #tabOf(summary: TabSummary): Tab {
    const known = this.#find(summary.id);
    if (known) return known;
    const tab = new Tab(summary, this);
    this.tabs = [...this.tabs, tab];
    return tab;
  }

  #find(id: number): Tab | undefined {
    return this.tabs.find((tab) => tab.id === id);
  }
}
