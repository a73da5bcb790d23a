// The words of `measure/Distribution.svelte`.

export const words = {
  distributionOf: (phase: string) => `Distribution of ${phase}`,
  about: (title: string, median: string, low: string, high: string, outliers: number) =>
    `${title}: median ${median}, with 95 % from ${low} to ${high}; ${outliers} outliers`,
};
