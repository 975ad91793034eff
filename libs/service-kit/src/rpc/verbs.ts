/** Verbs that change nothing: trying again is always safe. */
export const isQuery = (verb: string): boolean => /^(list|get|plan|pin)-/.test(verb);
