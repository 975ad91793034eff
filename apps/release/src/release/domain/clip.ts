/** Text within a field's bound, its end marked where it was cut. */
export const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
