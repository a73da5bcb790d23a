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
  // One process for the pages of all tests. Otherwise each document starts another one, which takes
  // as long as all else until the page can be used.
  '--disable-site-isolation-trials',
  '--renderer-process-limit=1',
];
/**
 * The flags for graphics by software. Drawing the timing graph with them takes longer than most
 * tests do, so most tests have none.
 */
const WEBGL = {
  with: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  without: ['--disable-gpu', '--disable-3d-apis'],
};

/** The most characters of a panel's text in the message of a failed test. */
const MOST_SHOWN = 2_000;

/** A choice between pages with WebGL and without. Without it the timing graph is an SVG. */
export type WebGl = keyof typeof WEBGL;

/** Starts Chromium. */
export function launch(webgl: WebGl): Promise<Chromium> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...WEBGL[webgl]] });
}

/** A browser that starts with the first page that a test opens. */
export class Browser {
  readonly #webgl: WebGl;
  #chromium?: Chromium;
  /**
   * Open pages by their options. The next test loads its document into the page of the last one,
   * which takes a third of the time of a new page.
   */
  readonly #kept = new Map<string, Page>();
  readonly #used = new Set<Page>();

  constructor(webgl: WebGl) {
    this.#webgl = webgl;
  }

  /** Returns a page that the test has for itself. */
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

  /** Prepares the pages for the next test. After a failed test, none of them is trusted. */
  async tidy(failed: boolean): Promise<void> {
    const kept = failed ? [] : [...this.#kept.values()];
    if (failed) this.#kept.clear();
    this.#used.clear();
    for (const page of kept) {
      for (const event of ['pageerror', 'filechooser'] as const) page.removeAllListeners(event);
    }
    // If it stayed, the page would find the next workbench at the same address, and send it its
    // layout.
    await Promise.all(
      kept.filter((page) => !page.isClosed()).map((page) => page.goto('about:blank')),
    );
    const gone = this.#chromium
      ?.contexts()
      .filter((context) => !kept.some((page) => page.context() === context));
    await Promise.all(gone?.map((context) => context.close()) ?? []);
  }

  /** Returns the text of the panels of all open pages, for the message of a failed test. */
  async shown(): Promise<string> {
    const pages = [...this.#used].filter((page) => !page.isClosed());
    // The lessons are the same in every test, and long.
    const panels = pages.map((page) =>
      page.locator('[data-part]:not([data-part="lessons"]):visible').all(),
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

/** The cookie that tells the page its workbench. */
export const WORKBENCH = 'workbench-of-the-test';

/**
 * Clears the preferences of another workbench. It runs in the page, before the page's own scripts.
 */
function forget(): void {
  const [, workbench] = /workbench-of-the-test=([^;]+)/.exec(document.cookie) ?? [];
  if (!workbench || sessionStorage.getItem('workbench') === workbench) return;
  sessionStorage.clear();
  localStorage.clear();
  sessionStorage.setItem('workbench', workbench);
}
