// The words of `editor/javascript.ts`.

export const words = {
  before: (slice: string) => `before \`${slice}\``,
  end: 'at the end',
  unexpected: (text: string) => `Unexpected \`${text}\`.`,
  somethingMissing: (after: string) => `Something is missing ${after}.`,
};
