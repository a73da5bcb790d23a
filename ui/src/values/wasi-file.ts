// The settings of a WASI program as a file.

import type { WasiSettings } from '../protocol.ts';

/** The version of the format. */
const VERSION = 1;

/**
 * Writes the settings as JSON. Folders are left out: those of this machine belong to it, and virtual
 * ones to their tab.
 */
export function writeSettings(wasi: WasiSettings): string {
  const settings = { watshop_wasi: VERSION, ...wasi, folders: undefined };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/**
 * Reads such a file, or returns null if it is another one. Folders stay as they are, and so does
 * everything that the file lacks. The workbench checks the rest.
 */
export function readSettings(text: string, before: WasiSettings): WasiSettings | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null || !('watshop_wasi' in read)) return null;
  const { watshop_wasi: version, ...settings } = read;
  if (version !== VERSION) return null;
  return { ...before, ...(settings as Partial<WasiSettings>), folders: before.folders };
}
