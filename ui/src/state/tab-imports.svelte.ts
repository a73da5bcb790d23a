// The imports of a tab's module and their providers, with their own undo.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import type { ChosenFile } from '../platform/platform.ts';
import type {
  Choices,
  ImportObject,
  ImportsView,
  Provider,
  Settings,
  WireError,
} from '../protocol.ts';
import { withProvider, type ImportName } from './provisions.ts';

/** The most imports that are drawn: a module can import ten thousand functions. */
export const MOST_SHOWN = 200;

/** The former import objects that are kept for undo. */
const MOST_STEPS = 50;

/** The tab, as far as its import object needs it. */
export interface ImportsHolder {
  readonly id: number;
  readonly client: Client;
  readonly settings: Settings | null;
  configure(changes: Partial<Settings>): Promise<void>;
  /** Sends everything that is not sent yet. */
  settle(): Promise<void>;
}

/** Makes a plain Set: nothing is drawn from it, so Svelte need not watch it. */
function newList(): Set<() => void> {
  return new Set();
}

/** The imports of a tab's module and their providers. */
export class TabImports {
  view: ImportsView | null = $state.raw(null);
  /** The first choices of the last **Provide all**, until another change, and their number. */
  choices: Choices | null = $state.raw(null);
  /** The import whose field is to get the keyboard, because an error leads to it. */
  wanted: ImportName | null = $state.raw(null);
  /** The texts that are still to be sent. */
  readonly undone: Set<() => void> = newList();
  /** The error of the last request that was refused. */
  refused: WireError | null = $state.raw(null);
  /** The former import objects, the newest last. */
  before: readonly ImportObject[] = $state.raw([]);
  /** The import objects that were undone, the next one to redo last. */
  after: readonly ImportObject[] = $state.raw([]);
  readonly #tab: ImportsHolder;
  #asked = 0;
  /** The pending request that lets the workbench make another import object. */
  #replacing: Promise<void> | null = null;

  constructor(tab: ImportsHolder) {
    this.#tab = tab;
  }

  /** The number of imports that need attention. */
  get troubles(): number {
    return (this.view?.missing ?? 0) + (this.view?.wrong ?? 0);
  }

  /** True if the tab imports from other tabs. */
  get linked(): boolean {
    return (
      this.#tab.settings?.imports.provisions.some(
        ({ provider }) => provider.provide === 'export_of',
      ) ?? false
    );
  }

  /** Requests the providers. If several requests are on their way, the last one counts. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#tab.client['imports.list']({
        tab: this.#tab.id,
        wanted: null,
        from: null,
      });
      if (asked === this.#asked) this.view = view;
    } catch (error) {
      // A module that cannot be read has its own problems to show. A lost connection has its
      // banner.
      if (asked === this.#asked && !(error instanceof ConnectionError)) this.view = null;
    }
  }

  /** Requests the imports with some letters in their name, if not all imports are here. */
  search(wanted: string): Promise<ImportsView> {
    return this.#tab.client['imports.list']({ tab: this.#tab.id, wanted, from: null });
  }

  /** Takes a text that is being typed as a change of its own, because its field may disappear. */
  flush(): void {
    for (const flush of this.undone) flush();
  }

  /** Gives an import another provider; null removes it. */
  provide(of: ImportName, provider: Provider | null): Promise<void> {
    return this.#change((object) => withProvider(object, of, provider));
  }

  /** Removes every provider that the module does not import. */
  removeUnused(): Promise<void> {
    return this.#replace(async (tab) => {
      await this.#tab.client['imports.remove_unused']({ tab });
    });
  }

  /** Chooses a provider for every import without one, and shows the choices. */
  async provideAll(): Promise<void> {
    await this.#replace(async (tab) => {
      this.choices = await this.#tab.client['imports.provide_all']({ tab });
    });
  }

  /**
   * Takes the import object of a file. The list is read again when the event arrives, not sooner.
   */
  async open(file: ChosenFile): Promise<void> {
    const { client } = this.#tab;
    await this.#replace(async (tab) => {
      await ('path' in file
        ? client['imports.open_path']({ tab, path: file.path })
        : client['imports.open']({ tab, name: file.name }, await file.read()));
    });
  }

  /** Restores the import object before the last change. */
  async undo(): Promise<void> {
    this.flush();
    const [last, now] = [this.before.at(-1), this.#tab.settings?.imports];
    if (!last || !now) return;
    this.before = this.before.slice(0, -1);
    this.after = [...this.after, now];
    await this.#become(last);
  }

  /** Redoes the change that was undone last. */
  async redo(): Promise<void> {
    this.flush();
    const [next, now] = [this.after.at(-1), this.#tab.settings?.imports];
    if (!next || !now) return;
    this.after = this.after.slice(0, -1);
    this.before = [...this.before, now];
    await this.#become(next);
  }

  #become(object: ImportObject): Promise<void> {
    this.choices = null;
    return this.#tab.configure({ imports: object });
  }

  async #change(how: (object: ImportObject) => ImportObject): Promise<void> {
    // A change that starts from the former object would undo the one that the workbench is just
    // making.
    if (this.#replacing) await this.#replacing.catch(() => undefined);
    const object = this.#tab.settings?.imports;
    if (!object) return;
    this.#remember(object);
    this.choices = null;
    await this.#tab.configure({ imports: how(object) });
  }

  /** Lets the workbench make another import object. The new settings arrive as an event. */
  async #replace(action: (tab: number) => Promise<void>): Promise<void> {
    const replacing = (async () => {
      await this.#tab.settle();
      const object = this.#tab.settings?.imports;
      this.choices = null;
      await action(this.#tab.id);
      if (object) this.#remember(object);
    })();
    this.#replacing = replacing;
    try {
      await replacing;
    } finally {
      if (this.#replacing === replacing) this.#replacing = null;
    }
  }

  #remember(object: ImportObject): void {
    this.before = [...this.before, object].slice(-MOST_STEPS);
    this.after = [];
  }
}
