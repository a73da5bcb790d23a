// Why a request failed: the workbench refused it, or was not reached.

import type { WireError } from '../protocol.ts';

/** The workbench answered that it will not, and why. */
export class RequestError extends Error {
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message);
    this.name = 'RequestError';
    this.wire = wire;
  }
}

/** The workbench cannot be reached; the request may or may not have arrived. */
export class ConnectionError extends Error {
  constructor(message = 'The connection to Watshop is lost.') {
    super(message);
    this.name = 'ConnectionError';
  }
}
