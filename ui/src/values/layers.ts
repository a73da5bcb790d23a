// The layers of a runner's sandbox.

import { words as say } from '../words/values/layers.ts';

/** The layers of a runner's sandbox in words, by the runner's names for them. */
export const LAYERS: ReadonlyMap<string, string> = new Map([
  ['process_group', say.processGroupOwnSignals],
  ['death_signal', say.diesWorkbench],
  ['no_core_dumps', say.noCoreDumpsMemory],
  ['resource_limits', say.limitsMemoryOpenFiles],
  ['no_new_privs', say.noNewPrivilegesNot],
  ['landlock_files', say.landlockFilesOnlyArtifacts],
  ['landlock_network', say.landlockNetworkNoTcp],
  ['landlock_signals', say.landlockSignalsOtherProcesse],
  ['seccomp', say.seccompOnlySystemCalls],
  ['sandbox', say.sandbox],
]);
