// The words of `values/age.ts`.

export const words = {
  justNow: 'just now',
};
