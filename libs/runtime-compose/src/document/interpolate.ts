import { escaped } from '../manifest/render-processes';
import { refused } from './refusal';

export interface Variables {
  readonly plain: Readonly<Record<string, string>>;
  /** Names of those whose value is a secret: they stay in their places, for environments alone. */
  readonly secrets: ReadonlySet<string>;
}

const EXPRESSION = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}$]*))?\})/g;

/**
 * A Compose string with its variables put in from the release's own, never from an environment: `$NAME`, `${NAME}`, `${NAME:-default}`,
 * `${NAME:?error}`, `${NAME:+other}`. The result is in Compose's escaped form, secrets as `${NAME}`.
 */
export function interpolated(text: string, field: string, variables: Variables, secretsAllowed: boolean): string {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(EXPRESSION)) {
    result += literal(text.slice(end, match.index), field) + valueOf(match, field, variables, secretsAllowed);
    end = match.index + match[0].length;
  }
  return result + literal(text.slice(end), field);
}

function literal(text: string, field: string): string {
  if (text.includes('$'))
    throw refused(
      field,
      `'${text.slice(text.indexOf('$'), text.indexOf('$') + 30)}' is not an interpolation that is understood; write $$ for a dollar`,
    );
  return text;
}

function valueOf(match: RegExpMatchArray, field: string, { plain, secrets }: Variables, secretsAllowed: boolean): string {
  if (match[1]) return '$$';
  const name = match[2] ?? match[3] ?? '';
  const [operator, word = ''] = [match[4], match[5]];
  if (secrets.has(name)) {
    if (!secretsAllowed) throw refused(field, `the secret ${name} may stand in an environment only: elsewhere it would be seen`);
    return operator?.endsWith('+') ? escaped(word) : `\${${name}}`;
  }
  const value = Object.hasOwn(plain, name) ? plain[name]! : undefined;
  const present = value !== undefined && !(operator?.startsWith(':') && value === '');
  switch (operator?.at(-1)) {
    case '-':
      return escaped(present ? value : word);
    case '+':
      return present ? escaped(word) : '';
    default:
      if (present) return escaped(value);
      throw refused(field, word || `variable ${name} is not set; give it with the release, or write \${${name}:-default}`);
  }
}
