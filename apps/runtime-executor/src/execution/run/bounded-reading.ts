const MAX_READING_BYTES = 65_536;

/** What was read back, as an event may hold it: JSON, and not more than a few pages of it. */
export function boundedReading(observed: Record<string, unknown>, maxBytes = MAX_READING_BYTES): Record<string, unknown> {
  const text = JSON.stringify(observed);
  if (text.length <= maxBytes) return JSON.parse(text) as Record<string, unknown>;
  return { truncated: true, length: text.length, beginning: text.slice(0, maxBytes / 4) };
}
