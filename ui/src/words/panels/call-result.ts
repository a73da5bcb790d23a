// The words of `panels/CallResult.svelte`.

export const words = {
  doneNoResult: 'Done (no result).',
  exitedStatus: (status: number) => `Exited with status **${status}**`,
  times: (name: string) => `Times of ${name}`,
};
