// ui/plot/pkg is made by `npm run build:plot`; the page can be checked without it. plot.ts declares
// the parts that it uses.
declare module '*/watshop_plot.js';
