/** A message as part of a longer sentence: without the period that ends it. */
export const withoutPeriod = (message: string): string => message.replace(/\.$/, '');
