// ui/plot/pkg is made by `npm run build:plot`; the page can be checked without it. plot.ts names
// what it uses of it.
declare module '*/watshop_plot.js';
