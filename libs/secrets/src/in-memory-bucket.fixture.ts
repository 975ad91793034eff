import type { BucketEntry, SecretBucket } from './secret-bucket';

/** Same compare-and-set as the JetStream bucket; both pass the cases of secret-store. */
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
    keys: async (filter) => {
      const pattern = new RegExp(`^${filter.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`);
      return [...entries.keys()].filter((key) => pattern.test(key));
    },
  };
}
