// The words of `panels/Lesson.svelte`.

export const words = {
  notOfALesson:
    'The tab in front is not of a lesson. Open one in the panel Lessons: its page, its task and its checks are shown here.',
};
