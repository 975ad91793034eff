/** A message as part of a longer sentence: without the period that ends it. */
export const withoutPeriod = (message: string): string => message.replace(/\.$/, '');

/** A message as a sentence before others, with the space between; nothing where there is none. */
export const leadingSentence = (message: string | null): string => (message ? `${withoutPeriod(message)}. ` : '');
