// The words of `values/wasi-call.ts`.

export const words = {
  running: 'running…',
  done: 'done',
  exit: (status: number) => `exit ${status}`,
  stopped: 'stopped',
  noMemory: 'no memory',
  notEnded: 'The call has not ended yet. It may wait for input or for a clock.',
  exportsNone: 'The module does not export a memory as `memory`.',
  bytes: (length: number) => (length === 1 ? '1 byte' : `${length.toLocaleString('en-GB')} bytes`),
  read: (parameter: string, bytes: string, address: string) =>
    `read ${parameter}, ${bytes} at ${address}`,
  wrote: (parameter: string, bytes: string, address: string) =>
    `wrote ${parameter}, ${bytes} at ${address}`,
};
