const REPLACEMENT = '[redacted]';
/** Shorter values would blank out ordinary words and numbers; whoever uses one has no secret. */
const MIN_LENGTH = 4;

/** Takes known values out of text and structures, also in the spellings that programs print: JSON, URL, base64, hex. */
export class Redactor {
  private readonly spellings = new Set<string>();
  private expression: RegExp | undefined;

  constructor(values: readonly string[] = []) {
    this.know(values);
  }

  know(values: readonly string[]): void {
    for (const value of values) if (value.length >= MIN_LENGTH) spellingsOf(value).forEach((spelling) => this.spellings.add(spelling));
    const longestFirst = [...this.spellings].sort((a, b) => b.length - a.length);
    this.expression = longestFirst.length > 0 ? new RegExp(longestFirst.map(escaped).join('|'), 'g') : undefined;
  }

  text(text: string): string {
    return this.expression ? text.replace(this.expression, REPLACEMENT) : text;
  }

  /** A copy of a JSON value with every string, and every key, redacted. */
  json<T>(value: T): T {
    return this.expression ? (this.copy(value) as T) : value;
  }

  private copy(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.text(key), this.copy(member)]));
  }
}

const spellingsOf = (value: string): string[] => {
  const bytes = Buffer.from(value, 'utf8');
  const lines = value.split(/\r?\n/).filter((line) => line.length >= MIN_LENGTH);
  const base64 = bytes.toString('base64');
  return [
    value,
    ...lines,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('hex'),
  ];
};
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
