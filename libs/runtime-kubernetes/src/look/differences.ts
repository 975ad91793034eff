import { sameJson } from '@slipway/contracts';
import { itemKey } from '../slot/field-paths';

export interface FieldDifference {
  readonly path: string;
  readonly wanted: unknown;
  /** undefined: it is not there. */
  readonly found: unknown;
}

/** Where `live` says something else than `wanted` does; what `wanted` does not mention is not looked at. */
export function* differences(wanted: unknown, live: unknown, path = ''): Generator<FieldDifference> {
  if (Array.isArray(wanted)) yield* ofLists(wanted, Array.isArray(live) ? live : [], path);
  else if (isObject(wanted)) {
    const found = isObject(live) ? live : {};
    for (const [key, value] of Object.entries(wanted))
      if (value !== undefined) yield* differences(value, found[key], path === '' ? key : `${path}.${key}`);
  } else if (!sameValue(wanted, live) && !(isQuantity(path) && sameQuantity(wanted, live))) yield { path, wanted, found: live };
}

function* ofLists(wanted: readonly unknown[], live: readonly unknown[], path: string): Generator<FieldDifference> {
  const keyed = wanted.every((item) => itemKey(item) !== undefined);
  if (!keyed) {
    if (!sameJson(wanted, live)) yield { path, wanted, found: live };
    return;
  }
  for (const item of wanted) {
    const key = itemKey(item)!;
    yield* differences(
      item,
      live.find((candidate) => itemKey(candidate) === key),
      `${path}${key}`,
    );
  }
}

/** The server leaves out what is empty or false. */
function sameValue(wanted: unknown, live: unknown): boolean {
  if (live === undefined) return wanted === '' || wanted === false || wanted === null;
  return sameJson(wanted, live);
}

/** The server writes a quantity in its own way: 0.5 as 500m, 1024Mi as 1Gi. */
const isQuantity = (path: string): boolean => /(^|\.)(requests|limits)\.[^.]+$|\.sizeLimit$/.test(path);
const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

function sameQuantity(wanted: unknown, live: unknown): boolean {
  const [one, other] = [wanted, live].map((value) => {
    const match = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(typeof value === 'number' ? `${value}` : typeof value === 'string' ? value : '');
    return match ? Number(match[1]) * (match[2] === '' ? 1 : (UNITS[match[2]!] ?? NaN)) : NaN;
  });
  return Math.abs(one! - other!) < 1e-9 * Math.max(1, one!);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
