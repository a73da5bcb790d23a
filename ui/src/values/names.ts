import type { WasiVersion } from '../protocol.ts';

/** The versions of WASI by the names that people know. */
export const WASI: Record<WasiVersion, string> = {
  snapshot0: 'snapshot 0 (wasi_unstable)',
  preview1: 'preview 1',
  wasix: 'WASIX',
};
