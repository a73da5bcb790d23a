// The words of `values/layouts.ts`.

export const words = {
  learn: 'Learn',
  compare: 'Compare',
  memory: 'Memory',
  engineer: 'Engineer',
  present: 'Present',
};
