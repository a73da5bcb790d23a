// Which home the page has is found out once, when it starts.

import type { Platform } from './platform.ts';

/** The page's home. What belongs to the other one is never loaded. */
export async function findPlatform(): Promise<Platform> {
  if ('__TAURI_INTERNALS__' in window) {
    const { WindowPlatform } = await import('./window.ts');
    return new WindowPlatform();
  }
  const { BrowserPlatform } = await import('./browser.ts');
  return new BrowserPlatform();
}
