const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with a name of something new; null where nothing is. */
export const nameProblem = (name: string): string | null => (NAME.test(name) ? null : 'Lower-case letters, digits and hyphens inside');
