/**
 * Many JSON documents as one parameter of a statement, a line each: escaping them into an array literal costs more than writing the
 * rows, and inside one JSON parameter PostgreSQL refuses characters (U+0000) that a column of type json keeps.
 */
export const joined = (documents: readonly object[]): string => documents.map((document) => JSON.stringify(document)).join('\n');

/** SQL of type json[] for the parameter that `joined` made. */
export const documents = (parameter: string): string => `string_to_array(${parameter}, E'\\n')::json[]`;
