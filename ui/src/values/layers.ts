/** The layers of a runner's sandbox in words, by the runner's names for them. */
export const LAYERS: ReadonlyMap<string, string> = new Map([
  ['process_group', 'a process group of its own: signals to the group reach no other process'],
  ['death_signal', 'it dies with the workbench'],
  ['no_core_dumps', 'no core dumps: its memory is written to no file'],
  ['resource_limits', 'limits on memory and open files'],
  ['no_new_privs', 'no new privileges, not even for a program that it starts'],
  ['landlock_files', 'Landlock, files: only artifacts can be read, nothing can be written'],
  ['landlock_network', 'Landlock, network: no TCP, neither out nor in'],
  ['landlock_signals', 'Landlock, signals: other processes cannot be signalled'],
  ['seccomp', 'seccomp: only the system calls that a guest needs'],
  ['sandbox', 'a sandbox'],
]);
