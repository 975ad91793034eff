const SENSITIVE_KEY = /pass(word|wd)?$|secret|token|authorization|cookie|private_?key|api_?key|credential|^jwt$/i;
const HARMLESS_KEY = /^(fencing_token|secret_ref|token_type)$/i;
export const REDACTED = '[redacted]';
const MAX_DEPTH = 8;

/** Values that must never leave the process in a log line, whatever the field or text they are in. */
export class Redaction {
  private readonly values = new Set<string>();
  private expression: RegExp | undefined;

  /** Registers a secret's value. Values under 6 characters are left alone: they would blank out ordinary words. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || secret.length < 6) continue;
      this.values.add(JSON.stringify(secret).slice(1, -1));
      this.values.add(encodeURIComponent(secret));
    }
    const longestFirst = [...this.values].sort((a, b) => b.length - a.length);
    this.expression = longestFirst.length > 0 ? new RegExp(longestFirst.map(escape).join('|'), 'g') : undefined;
  }

  /** A serialised log line without any registered value. */
  line(line: string): string {
    return this.expression ? line.replace(this.expression, REDACTED) : line;
  }

  /** A copy of log fields with the values under sensitive keys blanked. */
  fields(fields: Record<string, unknown>): Record<string, unknown> {
    return blank(fields, 0) as Record<string, unknown>;
  }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isSensitive = (key: string): boolean => SENSITIVE_KEY.test(key) && !HARMLESS_KEY.test(key);

function blank(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Error || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => blank(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, isSensitive(key) ? REDACTED : blank(member, depth + 1)]));
}
