import type { Plugin } from 'vite';

/** Puts the sentences of a language into the built page. See `catalogue.js`. */
export function catalogue(language: string | undefined): Plugin;
