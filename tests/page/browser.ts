// The real Chromium that the tests of a file share, and its pages.

import {
  type Browser as Chromium,
  type BrowserContextOptions,
  type Page,
  chromium,
} from 'playwright-core';
import { slowDown } from './slow-line';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
];
/**
 * Graphics by software. Drawing the timing graph with them takes longer than most tests do: most
 * have none.
 */
const WEBGL = {
  with: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  without: ['--disable-gpu', '--disable-3d-apis'],
};

/** Letters of a panel's tree that are worth reading if a test failed. */
const MOST_SHOWN = 2_000;

/** Whether pages have WebGL. Without it the timing graph is an SVG. */
export type WebGl = keyof typeof WEBGL;

/** Starts Chromium. */
export function launch(webgl: WebGl): Promise<Chromium> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...WEBGL[webgl]] });
}

/** A browser that starts when a page of it is wanted. */
export class Browser {
  readonly #webgl: WebGl;
  #chromium?: Chromium;
  /**
   * Pages by how they were opened. The next test loads its document into the page of the last one:
   * that takes a third of the time of a new page.
   */
  readonly #kept = new Map<string, Page>();
  readonly #used = new Set<Page>();

  constructor(webgl: WebGl) {
    this.#webgl = webgl;
  }

  /** A page that the test has for itself. */
  async page(options: BrowserContextOptions): Promise<Page> {
    const how = JSON.stringify(options);
    const kept = this.#kept.get(how);
    const page =
      kept && !kept.isClosed() && !this.#used.has(kept) ? kept : await this.#open(options);
    if (!kept || kept.isClosed()) this.#kept.set(how, page);
    this.#used.add(page);
    page.on('pageerror', (error) => {
      throw error;
    });
    return page;
  }

  async #open(options: BrowserContextOptions): Promise<Page> {
    this.#chromium ??= await launch(this.#webgl);
    const context = await this.#chromium.newContext(options);
    const page = await context.newPage();
    await page.addInitScript(forget);
    await slowDown(page);
    return page;
  }

  /**
   * Makes the pages ready for the next test. After one that failed, none of them is trusted to be.
   */
  async tidy(failed: boolean): Promise<void> {
    const kept = failed ? [] : [...this.#kept.values()];
    if (failed) this.#kept.clear();
    this.#used.clear();
    for (const page of kept) {
      for (const event of ['pageerror', 'filechooser'] as const) page.removeAllListeners(event);
    }
    // Left where it is, it would find the next workbench at the same address, and tell it of its
    // layout.
    await Promise.all(
      kept.filter((page) => !page.isClosed()).map((page) => page.goto('about:blank')),
    );
    const gone = this.#chromium
      ?.contexts()
      .filter((context) => !kept.some((page) => page.context() === context));
    await Promise.all(gone?.map((context) => context.close()) ?? []);
  }

  /**
   * What the panels of the open pages show: a test that failed far away tells with it what it saw.
   */
  async shown(): Promise<string> {
    const pages = [...this.#used].filter((page) => !page.isClosed());
    // The lessons are the same in every test, and long.
    const panels = pages.map((page) =>
      page.locator('[data-part]:not([data-part="Lessons"]):visible').all(),
    );
    const trees = (await Promise.all(panels))
      .flat()
      .map((panel) => panel.ariaSnapshot({ timeout: 5_000 }));
    const texts = (await Promise.allSettled(trees)).map((tree) =>
      tree.status === 'fulfilled' ? tree.value.slice(0, MOST_SHOWN) : String(tree.reason),
    );
    return texts.join('\n\n');
  }

  async close(): Promise<void> {
    await this.#chromium?.close();
  }
}

/** The cookie that tells the page which workbench it is on. */
export const WORKBENCH = 'workbench-of-the-test';

/** In the page, before its own scripts: what it kept for another workbench is gone. */
function forget(): void {
  const [, workbench] = /workbench-of-the-test=([^;]+)/.exec(document.cookie) ?? [];
  if (!workbench || sessionStorage.getItem('workbench') === workbench) return;
  sessionStorage.clear();
  localStorage.clear();
  sessionStorage.setItem('workbench', workbench);
}
