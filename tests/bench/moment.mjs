// `moment`: every section runs once with small inputs, to see that it still works. Its figures say
// nothing and are not judged.

export const MOMENT = process.argv.includes('moment');

/** Returns the value for a measurement, or the one that is enough for a moment. */
export const unless = (whole, moment) => (MOMENT ? moment : whole);
