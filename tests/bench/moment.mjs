// `moment`: every section runs once with something small, to see that it still does. Its figures say nothing and are not judged.

export const MOMENT = process.argv.includes('moment');

/** What is measured with, or what is enough for a moment. */
export const unless = (whole, moment) => (MOMENT ? moment : whole);
