import { gzipSync } from 'node:zlib';

/**
 * Vite plugin: fails the build when the script that the home page loads first (its chunks and all that they import) is larger than
 * `limitBytes` of gzip.
 */
export const firstLoadBudget = (limitBytes, homeModule) => ({
  name: 'slipway:first-load-budget',
  apply: 'build',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const home = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith(homeModule)));
    if (!home) this.error(`no chunk holds ${homeModule}`);
    const pending = [...chunks.filter((chunk) => chunk.isEntry), home];
    const loaded = new Set();
    for (let chunk = pending.pop(); chunk; chunk = pending.pop()) {
      if (loaded.has(chunk)) continue;
      loaded.add(chunk);
      pending.push(...chunk.imports.map((name) => bundle[name]).filter((file) => file?.type === 'chunk'));
    }
    const bytes = [...loaded].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
    const figure = `first load of the home page: ${(bytes / 1024).toFixed(1)} kB of script (gzip), ${loaded.size} files`;
    if (bytes > limitBytes) this.error(`${figure}; the limit is ${(limitBytes / 1024).toFixed(0)} kB`);
    this.emitFile({ type: 'asset', fileName: 'first-load.json', source: JSON.stringify({ bytes, limit_bytes: limitBytes }) });
  },
});
