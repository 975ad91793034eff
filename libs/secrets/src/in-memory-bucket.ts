import type { BucketEntry, SecretBucket } from './secret-bucket';

/** A bucket in this process's memory, for specs; passes the same cases as the JetStream one. */
export function inMemoryBucket(): SecretBucket & { readonly entries: Map<string, BucketEntry> } {
  const entries = new Map<string, BucketEntry>();
  let revision = 0;
  const write = (key: string, value: string): boolean => {
    entries.set(key, { value, revision: ++revision });
    return true;
  };
  return {
    entries,
    get: async (key) => entries.get(key),
    create: async (key, value) => !entries.has(key) && write(key, value),
    update: async (key, value, expected) => entries.get(key)?.revision === expected && write(key, value),
    remove: async (key) => void entries.delete(key),
    keys: async (filter) => {
      const pattern = new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
      return [...entries.keys()].filter((key) => pattern.test(key));
    },
  };
}
