import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { firstLoadBudget } from './first-load-budget.mjs';
import { grammars } from './grammars.mjs';
import { precompress } from './precompress.mjs';
import { styleNonce } from './style-nonce.mjs';

const here = import.meta.dirname;
const FIRST_LOAD_LIMIT = 350 * 1024;

export default defineConfig({
  root: here,
  plugins: [
    react(),
    grammars(['yaml']),
    styleNonce(['@melloware/react-logviewer', '@git-diff-view', 'reactivity-store']),
    firstLoadBudget(FIRST_LOAD_LIMIT, 'src/home/home-view.tsx'),
    precompress(),
  ],
  resolve: { alias: { '@slipway/api-client': resolve(here, '../../libs/api-client/src/index.ts') } },
  /** The gateway puts a fresh nonce in its place with every page. */
  html: { cspNonce: 'SLIPWAY_CSP_NONCE' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
  },
  /** `npx vite` in apps/web, against a platform that runs: SLIPWAY_URL, default http://127.0.0.1:8080. */
  server: {
    proxy: Object.fromEntries(
      ['/api', '/auth'].map((path) => [path, { target: process.env.SLIPWAY_URL ?? 'http://127.0.0.1:8080', changeOrigin: false }]),
    ),
  },
});
