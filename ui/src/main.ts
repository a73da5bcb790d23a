// The start of the page.

import 'dockview/dist/styles/dockview.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/dock.css';
import './styles/palette.css';
import { mount } from 'svelte';
import { performById } from './commands.ts';
import { menusOf } from './menus.ts';
import Page from './Page.svelte';
import { findPlatform } from './platform/index.ts';
import { App } from './state/app.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element #app.');

/**
 * Starts the page. No `await` stands outside of a function: late chunks need this file, and would
 * wait for it while it waits for them.
 */
async function start(target: HTMLElement): Promise<void> {
  const platform = await findPlatform();
  const app = new App(platform, performById);
  mount(Page, { target, props: { app } });
  app.start();
  platform.showMenus(menusOf(platform));

  addEventListener('pagehide', () => app.flush());
}

void start(target);
