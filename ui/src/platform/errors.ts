// The errors of a request: the workbench refused it, or could not be reached.

import type { WireError } from '../protocol.ts';
import { words } from '../words/platform/errors.ts';

/** An error that the workbench replied with. */
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
  constructor(message = words.connectionWatshopLost) {
    super(message);
    this.name = 'ConnectionError';
  }
}
