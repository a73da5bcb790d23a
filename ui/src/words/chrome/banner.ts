// The words of `chrome/Banner.svelte`.

export const words = {
  connectionWatshopLostConnect:
    '**The connection to Watshop is lost; connecting again…** Text that you type is kept, and sent once the connection is back. If Watshop was restarted, open the address that it printed.',
};
