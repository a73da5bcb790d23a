// The words of `panels/Lessons.svelte`.

export const words = {
  searchLessons: 'Search lessons',
  reset: (title: string) => `Reset ${title}`,
  putLessonsOwnText: 'Put the lesson’s own text and settings back',
  reset2: 'Reset',
  topic: 'Topic',
  allTopics: 'All topics',
  length: 'Length',
  anyLength: 'Any length',
  atMost: (minutes: number) => `At most ${minutes} min`,
  begin: (title: string) => `Begin: ${title}`,
  goOn: (title: string) => `Go on: ${title}`,
  done: (done: number, all: number) => `${done} of ${all} done`,
  isDone: ', done',
  noLessonsHere: 'There are no lessons here.',
};
