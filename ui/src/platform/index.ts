// Finds the page's platform once, when the page starts.

import type { Platform } from './platform.ts';

/** Returns the page's platform. The code of the other one is never loaded. */
export async function findPlatform(): Promise<Platform> {
  if ('__TAURI_INTERNALS__' in window) {
    const { WindowPlatform } = await import('./window.ts');
    return new WindowPlatform();
  }
  const { BrowserPlatform } = await import('./browser.ts');
  return new BrowserPlatform();
}
