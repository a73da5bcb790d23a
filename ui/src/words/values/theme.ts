// The words of `values/theme.ts`.

export const words = {
  light: 'Light',
  dark: 'Dark',
  highContrast: 'High contrast',
};
