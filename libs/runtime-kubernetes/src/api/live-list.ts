import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient } from './kube-client';
import { hasStatus } from './kube-errors';
import { collectionPath, type KubeList, type KubeObject, type ResourcePath } from './kube-object';

const WATCH_SECONDS = 240;
const AFTER_ERROR_MS = 500;

interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T & { code?: number };
}

export type LiveListOptions = (
  | { readonly labelSelector: string }
  /** Of one object. Where the account may not list or watch it, it is read every half second. */
  | { readonly name: string }
) &
  LiveListHooks;
export interface LiveListHooks {
  readonly signal: AbortSignal;
  /** Called after the first list and after every change; `removed` is set when an object went. */
  onChange?(removed?: KubeObject): void;
  onError?(error: unknown): void;
}

/**
 * The objects behind a selector, kept current by a watch from the list's resourceVersion; listed anew when that is too old (410) or
 * the watch breaks. Ends with its signal.
 */
export class LiveList<T extends KubeObject> {
  private objects = new Map<string, T>();
  private version = '';

  private constructor(
    private readonly client: KubeClient,
    private readonly resource: ResourcePath,
    private readonly options: LiveListOptions,
  ) {}

  /** Resolves with the first list. @throws what listing throws */
  static async open<T extends KubeObject>(client: KubeClient, resource: ResourcePath, options: LiveListOptions): Promise<LiveList<T>> {
    const live = new LiveList<T>(client, resource, options);
    await live.relist();
    void live.follow();
    return live;
  }

  get items(): readonly T[] {
    return [...this.objects.values()];
  }

  private async relist(): Promise<void> {
    const list = await this.listed();
    const before = this.objects;
    this.objects = new Map(list.items.map((item) => [item.metadata.name!, item]));
    this.version = list.metadata.resourceVersion ?? '';
    for (const [name, object] of before) if (!this.objects.has(name)) this.options.onChange?.(object);
    this.options.onChange?.();
  }

  private async listed(): Promise<Pick<KubeList<T>, 'items' | 'metadata'>> {
    const path = collectionPath(this.resource, this.client.namespace);
    try {
      return await this.client.json<KubeList<T>>({ method: 'GET', path, query: this.selector, signal: this.options.signal });
    } catch (error) {
      if (!('name' in this.options) || !hasStatus(error, 403)) throw error;
      const one = await this.client.get<T>(this.resource, this.options.name);
      return { items: one ? [one] : [], metadata: {} };
    }
  }

  private get selector(): { labelSelector: string } | { fieldSelector: string } {
    const { options } = this;
    return 'name' in options ? { fieldSelector: `metadata.name=${options.name}` } : { labelSelector: options.labelSelector };
  }

  private async follow(): Promise<void> {
    while (!this.options.signal.aborted) {
      try {
        await this.watch();
      } catch (error) {
        if (this.options.signal.aborted) return;
        if (!hasStatus(error, 410)) {
          this.options.onError?.(error);
          await pause(AFTER_ERROR_MS, undefined, { signal: this.options.signal }).catch(() => undefined);
        }
        await this.relist().catch((failure: unknown) => this.options.onError?.(failure));
      }
    }
  }

  private async watch(): Promise<void> {
    const response = await this.client.stream({
      method: 'GET',
      path: collectionPath(this.resource, this.client.namespace),
      query: {
        watch: true,
        ...this.selector,
        resourceVersion: this.version,
        allowWatchBookmarks: true,
        timeoutSeconds: WATCH_SECONDS,
      },
      signal: this.options.signal,
      timeoutMs: 2 * WATCH_SECONDS * 1000,
    });
    try {
      for await (const line of createInterface({ input: response })) this.take(JSON.parse(line) as WatchEvent<T>);
    } finally {
      response.destroy();
    }
  }

  private take({ type, object }: WatchEvent<T>): void {
    if (type === 'ERROR') throw new WatchEnded(object.code ?? 0);
    this.version = object.metadata.resourceVersion ?? this.version;
    if (type === 'BOOKMARK') return;
    const name = object.metadata.name!;
    if (type === 'DELETED') this.objects.delete(name);
    else this.objects.set(name, object);
    this.options.onChange?.(type === 'DELETED' ? object : undefined);
  }
}

/** The server ended a watch with an error, most often because the version it started from is gone (410). */
class WatchEnded extends Error {
  constructor(code: number) {
    super(`the watch ended with ${code}`);
    this.name = 'WatchEnded';
  }
}
