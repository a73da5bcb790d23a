// The words of `panels/Lessons.svelte`.

export const words = {
  searchLessons: 'Search lessons',
  reset: (title: string) => `Reset ${title}`,
  putLessonsOwnText: 'Put the lesson’s own text and settings back',
  reset2: 'Reset',
  noLessonsHere: 'There are no lessons here.',
};
