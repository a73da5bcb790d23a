// The words of `panels/NoMatch.svelte`.

export const words = {
  of: {
    calls: { none: (letters: string) => `No call has \`${letters}\`.`, all: 'Show all calls' },
    exports: {
      none: (letters: string) => `No export has \`${letters}\`.`,
      all: 'Show all exports',
    },
    imports: {
      none: (letters: string) => `No import has \`${letters}\`.`,
      all: 'Show all imports',
    },
    lessons: {
      none: (letters: string) => `No lesson has \`${letters}\`.`,
      all: 'Show all lessons',
    },
  },
};
