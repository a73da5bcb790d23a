// The app, for the components below it.

import { getContext, setContext } from 'svelte';
import type { App } from './app.svelte.ts';

const KEY = Symbol('app');

/** Gives the app to every component below. */
export function provideApp(app: App): Map<symbol, App> {
  return new Map([[KEY, app]]);
}

/** Gives the app to every component below the one that is being made. */
export function setApp(app: App): void {
  setContext(KEY, app);
}

/** The app that a component belongs to. */
export function getApp(): App {
  return getContext<App>(KEY);
}
