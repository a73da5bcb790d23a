// What a tab's module imports and who provides it, with its own steps back.

import type { Client } from '../client.ts';
import { ConnectionError } from '../platform/errors.ts';
import type { ChosenFile } from '../platform/platform.ts';
import type {
  Choice,
  ImportObject,
  ImportsView,
  Provider,
  Settings,
  WireError,
} from '../protocol.ts';
import { withProvider, type ImportName } from './provisions.ts';

/** Import objects of before that are kept to go back to. */
const MOST_STEPS = 50;

/** What the import object needs of its tab. */
export interface Holder {
  readonly id: number;
  readonly client: Client;
  readonly settings: Settings | null;
  configure(changes: Partial<Settings>): Promise<void>;
  /** Sends what was not sent yet. */
  settle(): Promise<void>;
}

/** Nothing is drawn from it, so it needs not be one that Svelte watches. */
function newList(): Set<() => void> {
  return new Set();
}

/** What a tab's module imports and who provides it. */
export class TabImports {
  view: ImportsView | null = $state.raw(null);
  /** What **Provide all** chose last, until something else is changed. */
  choices: readonly Choice[] | null = $state.raw(null);
  /** What is still to be sent: texts that are being typed. */
  readonly undone: Set<() => void> = newList();
  /** Why what was asked for last was refused. */
  refused: WireError | null = $state.raw(null);
  /** The import objects of before, the newest last. */
  before: readonly ImportObject[] = $state.raw([]);
  /** Those that were taken back, the one to come next last. */
  after: readonly ImportObject[] = $state.raw([]);
  readonly #tab: Holder;
  #asked = 0;
  /** While the workbench makes another import object. */
  #replacing: Promise<void> | null = null;

  constructor(tab: Holder) {
    this.#tab = tab;
  }

  /** How many imports need to be seen to. */
  get troubles(): number {
    return (this.view?.missing ?? 0) + (this.view?.wrong ?? 0);
  }

  /** Whether what other tabs hold matters here. */
  get linked(): boolean {
    return (
      this.#tab.settings?.imports.provisions.some(
        ({ provider }) => provider.provide === 'export_of',
      ) ?? false
    );
  }

  /** Asks who provides what; of several questions on their way the last one counts. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#tab.client['imports.list']({ tab: this.#tab.id });
      if (asked === this.#asked) this.view = view;
    } catch (error) {
      // What cannot be read has its own problems to show; a lost connection has its banner.
      if (asked === this.#asked && !(error instanceof ConnectionError)) this.view = null;
    }
  }

  /**
   * Takes what is being typed, as a change of its own: its field may be gone after what comes next.
   */
  flush(): void {
    for (const flush of this.undone) flush();
  }

  /** Gives an import another provider, or takes it away. */
  provide(of: ImportName, provider: Provider | null): Promise<void> {
    return this.#change((object) => withProvider(object, of, provider));
  }

  /** Takes away everything that the module does not ask for. */
  removeUnused(): Promise<void> {
    const unused = this.view?.unused ?? [];
    return this.#change((object) =>
      unused.reduce((rest, of) => withProvider(rest, of, null), object),
    );
  }

  /** Fills every gap; what was chosen is shown. */
  async provideAll(): Promise<void> {
    await this.#replace(async (tab) => {
      const { choices } = await this.#tab.client['imports.provide_all']({ tab });
      this.choices = choices;
    });
  }

  /**
   * Takes the import object of a file. What becomes of each import is asked for when its event
   * comes, and no sooner.
   */
  async open(file: ChosenFile): Promise<void> {
    const { client } = this.#tab;
    await this.#replace(async (tab) => {
      await ('path' in file
        ? client['imports.open_path']({ tab, path: file.path })
        : client['imports.open']({ tab, name: file.name }, file.bytes));
    });
  }

  /** Goes back to the import object of before the last change. */
  async undo(): Promise<void> {
    this.flush();
    const [last, now] = [this.before.at(-1), this.#tab.settings?.imports];
    if (!last || !now) return;
    this.before = this.before.slice(0, -1);
    this.after = [...this.after, now];
    await this.#become(last);
  }

  /** Does again the change that was taken back last. */
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
    // Made of the object of before, a change would take back what the workbench is just filling in.
    if (this.#replacing) await this.#replacing.catch(() => undefined);
    const object = this.#tab.settings?.imports;
    if (!object) return;
    this.#remember(object);
    this.choices = null;
    await this.#tab.configure({ imports: how(object) });
  }

  /** Lets the workbench make another import object; the new settings come as an event. */
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
