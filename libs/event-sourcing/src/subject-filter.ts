/** NATS subject matching: `*` stands for one token, a trailing `>` for one or more. No filters match everything. */
export function subjectMatcher(filters: readonly string[]): (subject: string) => boolean {
  if (filters.length === 0) return () => true;
  const alternatives = filters.map((filter) => filter.split('.').map(tokenExpression).join('\\.'));
  const expression = new RegExp(`^(?:${alternatives.join('|')})$`);
  return (subject) => expression.test(subject);
}

function tokenExpression(token: string): string {
  if (token === '*') return '[^.]+';
  if (token === '>') return '.+';
  return token.replace(/[^A-Za-z0-9_-]/g, '\\$&');
}
