// The state of the whole page: the connection, the events that arrive, and the requests to the
// workbench.

import { tick } from 'svelte';
import { clientOf, type Client } from '../client.ts';
import { ConnectionError, RequestError } from '../platform/errors.ts';
import { nameOf, type ChosenFile, type Connection, type Platform } from '../platform/platform.ts';
import type {
  DownloadKind,
  ShellCommand,
  Welcome,
  WireError,
  WorkbenchEvent,
} from '../protocol.ts';
import { BUTTONS } from '../values/controls.ts';
import type { LayoutId } from '../values/layouts.ts';
import type { PanelId } from '../values/panels.ts';
import { readLink, writeLink, type GraphLink } from './graph-link.ts';
import { StoredPreferences } from './stored-preferences.svelte.ts';
import { Notices } from './notices.svelte.ts';
import type { Tab } from './tab.svelte.ts';
import { TabRow, type RowSurroundings } from './tab-row.svelte.ts';
import { TargetList } from './targets.svelte.ts';
import { words } from '../words/state/app.ts';

/** The dock's services to the rest of the page. */
export interface DockControl {
  /** The group of panels that has all of the dock, if one has. */
  readonly maximised: string | null;
  /** Brings a panel to the front. */
  reveal(panel: PanelId): void;
  /** Brings a panel to the front because it has something to say. */
  attend(panel: PanelId): void;
  /** Gives its place back to the panel that it hid, if it came by `attend`. */
  giveBack(panel: PanelId): void;
  /** Gives the panel in use all of the dock, or takes that back. */
  maximise(): void;
  /** Shows the panel of a number in the drawer, or closes the drawer. */
  drawer(number: number): void;
  /** Changes to another layout. */
  choose(layout: LayoutId): void;
  /** Puts every panel back to its first place. */
  reset(): void;
}

/** Performs one of the page's commands. */
export type PerformCommand = (id: string, app: App) => void;

/** The page's state: the workbench's replies and events, and the person's choices. */
export class App implements RowSurroundings {
  readonly platform: Platform;
  readonly client: Client;
  readonly notices = new Notices();
  readonly kept: StoredPreferences;
  readonly row: TabRow;
  readonly targets: TargetList;
  /** This page's name, which is unique among all pages of the workbench. */
  readonly name = crypto.randomUUID();

  connection: Connection = $state('connecting');
  welcome: Welcome | null = $state.raw(null);
  /** The dialog that is open, or null. */
  dialog: 'palette' | 'tabs' | 'shortcuts' | 'sizes' | 'settings' | 'tour' | null = $state(null);
  /** Opens the context menu of the element in use; set by the page. */
  openMenu: (() => void) | null = null;
  /** Checks the task in front; null if there is none. Set by its page. */
  checkLesson: (() => void) | null = null;
  /** The open page of the guide, as a path from `docs/guide`. */
  guide: string | null = $state(null);
  /** The view of a graph that the page's address names, until it is shown. */
  link: GraphLink | null = $state.raw(null);
  /** The dock, once it is drawn. */
  dock: DockControl | null = $state.raw(null);

  readonly #perform: PerformCommand;
  /** The tab that a shell asked to show before the tabs were known. */
  #wanted: number | null = null;
  /** Import objects from a shell that wait until the active tab is known. */
  #objects: ChosenFile[] = [];

  constructor(platform: Platform, perform: PerformCommand) {
    this.platform = platform;
    this.client = clientOf({ request: (...asked) => this.#request(...asked) });
    this.targets = new TargetList(this.client);
    this.kept = new StoredPreferences(
      (ui) => void this.attempt(() => this.client['workbench.save_ui']({ ui })),
    );
    this.row = new TabRow(this);
    this.#perform = perform;
  }

  get tabs(): readonly Tab[] {
    return this.row.tabs;
  }

  get active(): Tab | null {
    return this.row.active;
  }

  /** The ids of the lessons that are done. */
  get lessonsDone(): readonly string[] {
    return this.kept.preferences.lessons;
  }

  /** Marks a lesson as done. */
  finishLesson(lesson: string): void {
    const { lessons } = this.kept.preferences;
    if (!lessons.includes(lesson)) this.kept.prefer({ lessons: [...lessons, lesson] });
  }

  /** Opens the guide at a page, or at the page that was open last. */
  openGuide(page?: string): void {
    this.guide = page ?? this.guide ?? 'README.md';
  }

  /** Connects, and keeps the page in step with the workbench from then on. */
  start(): void {
    const follow = (): void => {
      this.link = readLink(location.hash);
      if (this.link && this.welcome !== null) this.#showLink(this.link);
    };
    follow();
    addEventListener('hashchange', follow);
    this.platform.connect({
      event: (event) => this.#receive(event),
      connection: (connection) => {
        this.connection = connection;
        if (connection === 'open') void this.#resync();
      },
    });
  }

  /** Takes the import object of a file into a tab. The panel Imports shows the result. */
  async openImports(tab: Tab, file: ChosenFile): Promise<void> {
    tab.imports.refused = await this.ask(async () => {
      await tab.imports.open(file);
      this.notices.info(words.tabUsesImportObject(nameOf(file)));
    });
  }

  async takeImports(file: ChosenFile): Promise<void> {
    const tab = this.active;
    if (!tab) {
      this.notices.error(new Error(words.importObjectModuleOpen(nameOf(file))));
      return;
    }
    this.reveal('imports');
    await this.openImports(tab, file);
  }

  /** Compiles and runs the tab. The result arrives as an event. */
  run(tab: Tab): Promise<void> {
    const run = async () => {
      await tab.settle();
      if (tab.racing) await this.#race(tab);
      else await this.client['tab.run']({ tab: tab.id });
    };
    return this.#inTurn(tab, () => this.attempt(run));
  }

  /**
   * Does what is pressed after what was pressed before, as the page may not know yet that the tab is
   * busy. The action does not throw.
   */
  #inTurn<T>(tab: Tab, action: () => Promise<T>): Promise<T> {
    const done = tab.pressed.then(action);
    tab.pressed = done;
    return done;
  }

  /** Lets all installed compilers race. The panel Timings shows how they do. */
  async #race(tab: Tab): Promise<void> {
    const { engine, optimisation } = tab.settings ?? { engine: 'jit', optimisation: 'speed' };
    const installed = (this.welcome?.compilers ?? []).filter(({ missing }) => !missing);
    const contenders = installed.map(({ compiler }) => ({ compiler, engine, optimisation }));
    const ends_with_page = this.kept.preferences.endRaces;
    const order = { contenders, export: null, arguments: [], ends_with_page };
    this.reveal('timings');
    await tab.beginRace(order);
  }

  /**
   * Calls an export of the instance, `times` times if that is given. A tab without an instance runs
   * first. The result arrives as an event. Returns an error if the workbench refused the call.
   */
  call(
    tab: Tab,
    name: string,
    given: readonly string[],
    times: number | null = null,
  ): Promise<WireError | null> {
    const make = async () => {
      if (tab.instance === null) {
        await tab.settle();
        await this.client['tab.run']({ tab: tab.id });
        // If that failed, the panel Problems says why.
        if (tab.instance === null) return;
      }
      const about = { tab: tab.id, export: name, arguments: [...given] };
      const report =
        times === null
          ? await this.client['tab.call'](about)
          : await this.client['tab.call_many']({ ...about, times });
      tab.remember(name, { arguments: about.arguments, times, report });
    };
    return this.#inTurn(tab, () => this.ask(make));
  }

  /**
   * Measures a call with every installed compiler, in the panel Timings. Without an export it is the
   * call that is chosen there.
   */
  compare(tab: Tab, name: string | null = null): void {
    tab.comparing = { export: name };
    this.reveal('timings');
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

  /** Formats the text, as one step of undo. */
  async format(tab: Tab): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      const before = tab.draft?.text;
      const { text } = await this.client['tab.format']({ tab: tab.id });
      // If the text was edited in the meantime, the reply is older than it.
      if (tab.draft?.text === before) tab.draft?.replace(text);
    });
  }

  /** Puts the text and the settings of a tab's lesson back as they were at first. */
  async resetLesson(tab: Tab): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      const { draft, settings } = tab;
      if (!draft || !settings) return;
      const { text } = draft;
      const lesson = await this.client['tab.lesson']({ tab: tab.id });
      draft.replace(lesson.text);
      // The compiler, the engine and the target are choices for all lessons.
      const { compiler, engine, optimisation, target } = settings;
      await tab.configure({ ...lesson.settings, compiler, engine, optimisation, target });
      this.notices.info(words.lessonFirst, {
        label: words.undo,
        press: () => {
          draft.replace(text);
          void tab.configure(settings);
        },
      });
    });
  }

  /**
   * Saves to the tab's file or asks for one. In a browser, which has no files, it downloads the
   * source.
   */
  async save(tab: Tab, where: 'same file' | 'ask'): Promise<void> {
    const { hostFiles } = this.platform;
    if (!hostFiles) return this.download(tab, 'source');
    await this.attempt(async () => {
      await tab.settle();
      const known = where === 'same file' && tab.summary.path !== null;
      const path = known ? null : await hostFiles.chooseSavePath(tab.summary.title);
      if (known || path !== null)
        tab.summary = await this.client['tab.save_path']({ tab: tab.id, path });
    });
  }

  /**
   * Makes a file from the tab and offers it to the person. `strip` leaves out names and other
   * custom sections of a module.
   */
  async download(tab: Tab, what: DownloadKind, strip = false): Promise<void> {
    await this.attempt(async () => {
      await tab.settle();
      const { reply, bytes } = await tab.make(
        what,
        this.client['tab.download']({ tab: tab.id, what, strip, validate: true }),
      );
      await this.platform.giveFile(reply.name, reply.media_type, bytes);
    });
  }

  /** Brings a panel to the front. */
  reveal(panel: PanelId): void {
    this.dock?.reveal(panel);
  }

  /** Brings a panel to the front if its tab is the active one. */
  attend(tab: Tab, panel: PanelId): void {
    if (tab === this.active) this.dock?.attend(panel);
  }

  /** Gives a panel's place back: a tab has nothing more to say in it. */
  giveBack(tab: Tab, panel: PanelId): void {
    if (tab === this.active) this.dock?.giveBack(panel);
  }

  /** Shows the panel of a graph that an address names. The panel takes the view itself. */
  #showLink(link: GraphLink): void {
    if (this.row.find(link.tab)) this.row.activate(link.tab);
    else this.notices.error(new Error(words.tabOfLinkGone));
    this.kept.prefer({ scale: link.scale });
    this.reveal('timings');
  }

  /** Copies the address of a view of a graph. */
  copyLink(link: GraphLink): Promise<void> {
    const [page] = location.href.split('#');
    return this.copy(`${page}#${writeLink(link)}`);
  }

  /** Copies a text to the clipboard. A browser may refuse that. */
  async copy(text: string): Promise<void> {
    await this.attempt(async () => {
      await navigator.clipboard.writeText(text);
      this.notices.info(words.copied);
    });
  }

  /** Runs an action that may fail, and shows its error as a notice. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notices.error(error);
    }
  }

  /**
   * Runs a request that the workbench may refuse. Returns the error, to be shown beside the control
   * that sent it.
   */
  async ask(action: () => Promise<unknown>): Promise<WireError | null> {
    try {
      await action();
    } catch (error) {
      if (error instanceof RequestError) return error.wire;
      this.notices.error(error);
    }
    return null;
  }

  /** Sends everything that is not sent yet, because the page may be closed in a moment. */
  flush(): void {
    for (const tab of this.tabs) void tab.draft?.flush();
    this.kept.flush();
  }

  /**
   * Asks the workbench. If a runner does not answer, a notice says so, with a button that ends it.
   */
  async #request(...[method, params, bytes]: Parameters<Platform['request']>) {
    try {
      return await this.platform.request(method, params, bytes);
    } catch (error) {
      if (error instanceof RequestError && error.wire.code === 'runner_silent')
        this.#offerEnd((params as { tab: number }).tab, error);
      throw error;
    }
  }

  /** Shows the error of a process that does not answer, with a button that ends it. */
  #offerEnd(id: number, error: RequestError): void {
    const tab = this.row.find(id);
    if (tab) this.notices.error(error, { label: BUTTONS.end, press: () => void this.stop(tab) });
  }

  async #resync(): Promise<void> {
    try {
      const first = this.welcome === null;
      const welcome = await this.client['workbench.hello']({});
      this.welcome = welcome;
      if (first) {
        this.kept.restore(welcome.ui);
        this.row.activeId = this.link?.tab ?? this.#wanted ?? this.kept.preferences.active;
      }
      void this.attempt(() => this.targets.load());
      for (const tab of this.tabs) tab.loaded = false;
      this.row.arrange(welcome.tabs);
      // Texts may have been edited while the connection was lost. Tabs that are not active are
      // fetched for it too.
      for (const tab of this.tabs) {
        if (tab.draft?.unsent) await tab.fetch();
      }
      this.row.activate(this.row.activeId);
      // The dock exists only after the first welcome is drawn.
      await tick();
      if (first && this.link) this.#showLink(this.link);
      await this.#takeObjects();
    } catch (error) {
      // If the connection was lost again, the page resyncs once it is back.
      if (!(error instanceof ConnectionError)) this.notices.error(error);
    }
  }

  /** Carries out a shell's command. */
  #obey(command: ShellCommand): void {
    switch (command.do) {
      case 'perform':
        this.#perform(command.id, this);
        return;
      case 'show_tab':
        if (this.welcome === null) this.#wanted = command.tab;
        else this.row.activate(command.tab);
        return;
      case 'open_imports':
        this.#objects.push({ path: command.path });
        if (this.welcome !== null) void this.#takeObjects();
        return;
    }
  }

  #takeObjects(): Promise<void> {
    return this.row.openFiles(this.#objects.splice(0));
  }

  #receive(event: WorkbenchEvent): void {
    switch (event.event) {
      case 'tabs':
        this.row.receive(event.tabs);
        this.row.readLinked();
        return;
      case 'compilers':
        if (this.welcome !== null) this.welcome = { ...this.welcome, compilers: event.compilers };
        return;
      case 'lessons':
        if (this.welcome !== null) this.welcome = { ...this.welcome, lessons: event.lessons };
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
      case 'silent':
        this.#offerEnd(event.tab, new RequestError(event.error));
        return;
      default:
        this.row.find(event.tab)?.receive(event);
        if (event.event === 'checked') this.row.readLinked(event.tab);
    }
  }
}
