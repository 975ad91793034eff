/** Reads again the queries whose key begins so; long lists among them only where they show `rows`, where these are known. */
export type Refresh = (key: readonly string[], rows: ReadonlySet<string> | undefined) => Promise<unknown>;

/** Events that come together refresh together. */
const GATHER_MS = 120;
/** What a round costs the gateway, in rest after it, for each thing that was told to be old; an event tells of some four. */
const REST_MS = 5;
/** However much comes, and however long a round took, what changed is seen after this. */
const MOST_REST_MS = 2_000;

/**
 * Refreshes what events made old, one round at a time: what comes while a round is being read waits for the next, so that a busy
 * platform neither restarts requests that are under way nor piles them up. After a round it rests for as long as that took, and longer the
 * more has happened: a deployment is seen step by step, and in a storm of events the page asks every two seconds, however many there are.
 */
export class Refresher {
  private keys = new Map<string, readonly string[]>();
  /** Changed rows of long lists, by kind of list. */
  private rows = new Map<string, Set<string>>();
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private restsUntil = 0;

  constructor(private readonly refresh: Refresh) {}

  /** Queries whose key begins so are old; long lists among them only where they show `row`. */
  old(key: readonly string[], row: string): void {
    this.told++;
    this.keys.set(JSON.stringify(key), key);
    if (key.length === 1) this.rows.set(key[0]!, (this.rows.get(key[0]!) ?? new Set()).add(row));
    this.plan();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.keys.clear();
    this.rows.clear();
    this.told = 0;
  }

  private plan(): void {
    if (this.busy || this.keys.size === 0) return;
    this.timer ??= setTimeout(() => void this.round(), Math.max(GATHER_MS, this.restsUntil - performance.now()));
  }

  private async round(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
    const began = performance.now();
    const { keys, rows, told } = this;
    this.keys = new Map();
    this.rows = new Map();
    this.told = 0;
    await Promise.allSettled([...keys.values()].map((key) => this.refresh(key, key.length === 1 ? rows.get(key[0]!) : undefined)));
    const ended = performance.now();
    this.restsUntil = ended + Math.min(MOST_REST_MS, Math.max(ended - began, told * REST_MS));
    this.busy = false;
    this.plan();
  }
}
