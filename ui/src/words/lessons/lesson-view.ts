// The words of `lessons/LessonView.svelte`.

export const words = {
  minutes: (minutes: number) => `${minutes} min`,
  done: 'done',
  goal: 'Goal:',
  yourAnswer: 'Your answer',
  typeAnswer:
    'Type your answer first: a number, several with blanks between them, or the name of a trap or an error.',
  check: 'Check',
  hint: 'Hint',
  hints: 'Hints',
  showSolution: 'Show solution',
  solution: 'Solution',
  putIntoText: 'Put it into the text',
  reset: 'Reset',
  nextLesson: 'Next lesson',
};
