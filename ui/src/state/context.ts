// The app, as a context of components.

import { getContext, setContext } from 'svelte';
import type { App } from './app.svelte.ts';

const KEY = Symbol('app');

/** Makes the context for a component tree that is mounted by hand. */
export function provideApp(app: App): Map<symbol, App> {
  return new Map([[KEY, app]]);
}

/** Sets the app for every component below the one that is being set up. */
export function setApp(app: App): void {
  setContext(KEY, app);
}

/** Returns the app of the component that is being set up. */
export function getApp(): App {
  return getContext<App>(KEY);
}
