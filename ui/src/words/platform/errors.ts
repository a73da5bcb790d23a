// The words of `platform/errors.ts`.

export const words = {
  connectionWatshopLost: 'The connection to Watshop is lost.',
};
