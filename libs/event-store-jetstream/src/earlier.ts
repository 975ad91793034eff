/**
 * Positions of an aggregate's earlier events, oldest first, as its next event carries them: absolute ones, then those of
 * the same atomic batch, whose positions nobody knows before the commit, as distances back from the event itself.
 */
export interface Earlier {
  readonly positions: readonly number[];
  readonly distances: readonly number[];
}

/** Compact: base 36, differences after the first, e.g. positions 100, 103 and one distance 1 are `2s.3;1`. */
export function encodeEarlier({ positions, distances }: Earlier): string {
  let before = 0;
  const encoded = positions.map((position) => {
    const difference = position - before;
    before = position;
    return difference.toString(36);
  });
  return encoded.join('.') + (distances.length > 0 ? `;${distances.map((distance) => distance.toString(36)).join('.')}` : '');
}

/** @throws RangeError if the text is no such list, or names a position that is not before `position`. */
export function decodeEarlier(text: string, position: number): number[] {
  const [absolute = '', relative = ''] = text.split(';', 2);
  let before = 0;
  const positions = absolute === '' ? [] : absolute.split('.').map((part) => (before += parseInt(part, 36)));
  if (relative !== '') positions.push(...relative.split('.').map((part) => position - parseInt(part, 36)));
  for (let index = 0; index < positions.length; index++) {
    const next = positions[index + 1] ?? position;
    if (!(positions[index]! >= 1 && positions[index]! < next)) throw new RangeError(`'${text}' does not list positions before ${position}`);
  }
  return positions;
}
