// The words of `values/layers.ts`.

export const words = {
  processGroupOwnSignals: 'a process group of its own: signals to the group reach no other process',
  diesWorkbench: 'it dies with the workbench',
  noCoreDumpsMemory: 'no core dumps: its memory is written to no file',
  limitsMemoryOpenFiles: 'limits on memory and open files',
  noNewPrivilegesNot: 'no new privileges, not even for a program that it starts',
  landlockFilesOnlyArtifacts: 'Landlock, files: only artifacts can be read, nothing can be written',
  landlockNetworkNoTcp: 'Landlock, network: no TCP, neither out nor in',
  landlockSignalsOtherProcesse: 'Landlock, signals: other processes cannot be signalled',
  seccompOnlySystemCalls: 'seccomp: only the system calls that a guest needs',
  sandbox: 'a sandbox',
};
