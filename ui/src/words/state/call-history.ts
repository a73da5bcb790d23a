// The words of `state/call-history.ts`.

export const words = {
  noResults: 'no results',
  exitStatus: (status: number) => `exit status ${status}`,
};
