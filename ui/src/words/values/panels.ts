// The words of `values/panels.ts`.

export const words = {
  lessons: 'Lessons',
  lesson: 'Lesson',
  source: 'Source',
  exports: 'Exports',
  imports: 'Imports',
  files: 'Files',
  wasi: 'WASI',
  wasiCalls: 'WASI calls',
  target: 'Target',
  module: 'Module',
  settings: 'Settings',
  console: 'Console',
  problems: 'Problems',
  timings: 'Timings',
  artifact: 'Artifact',
  calls: 'Calls',
  memory: 'Memory',
};
