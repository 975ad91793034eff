/** True if everything that `inner` matches, `outer` matches too. */
function covers(outer: readonly string[], inner: readonly string[]): boolean {
  return (
    outer.every((token, index) => {
      if (token === '>') return inner.length > index;
      return inner[index] !== undefined && inner[index] !== '>' && (token === '*' || token === inner[index]);
    }) &&
    (outer.at(-1) === '>' || outer.length === inner.length)
  );
}

/** True if some subject matches both. */
function overlap(one: readonly string[], other: readonly string[]): boolean {
  for (let index = 0; ; index++) {
    const [a, b] = [one[index], other[index]];
    if (a === undefined || b === undefined) return a === b;
    if (a === '>' || b === '>') return true;
    if (a !== '*' && b !== '*' && a !== b) return false;
  }
}

/** With more whole types than these the server takes longer to pick messages from a long log than to send them all. */
const MOST_WIDE = 2;

const tokensOf = (filter: string): string[] => filter.split('.');

/** True if everything that some filter of `inner` matches is matched by one of `outer`; an empty list matches everything. */
export function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
  if (outer.length === 0) return true;
  return inner.length > 0 && inner.every((filter) => outer.some((other) => covers(tokensOf(other), tokensOf(filter))));
}

/**
 * Filters that a consumer accepts, matching at least the same: the server refuses overlapping ones, so those inside others are
 * left out, and where two merely cross, or more than `mostWide` are wide, nothing is filtered there (the reader filters again).
 */
export function consumerFilters(filters: readonly string[], mostWide = MOST_WIDE): string[] {
  const tokens = [...new Set(filters)].map(tokensOf);
  const outermost = tokens.filter((inner) => !tokens.some((outer) => outer !== inner && covers(outer, inner)));
  const crossing = outermost.some((one, index) => outermost.slice(index + 1).some((other) => overlap(one, other)));
  const wide = outermost.filter((filter) => filter.at(-1) === '>').length;
  return crossing || wide > mostWide ? [] : outermost.map((filter) => filter.join('.'));
}
