/**
 * The order of test files: the longest first, so that the last worker is not left alone with one of them. Jest itself knows how long
 * a file takes only from earlier runs, and a fresh clone had none; then it goes by size, and the longest files are short: each runs a
 * suite that stands elsewhere. Plain JavaScript: it runs before anything is built.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * In this order. The suites that drive containers have others between them, so that two workers do not run them beside each other; nor
 * beside the browser: Chromium drops what it loads when network interfaces change.
 */
const LONGEST = [
  'libs/runtime-kubernetes/src/conformance.int.spec.ts',
  'libs/runtime-process/src/conformance.int.spec.ts',
  'apps/runtime-executor/src/executor-crash.int.spec.ts',
  'apps/runtime-executor/src/executor-chaos.int.spec.ts',
  'apps/release/src/main.int.spec.ts',
  'libs/runtime-process/src/host-crash.int.spec.ts',
  'libs/runtime-kubernetes/src/gateway.int.spec.ts',
  'apps/release/src/group/groups.int.spec.ts',
  'apps/provisioning/src/main.int.spec.ts',
  'libs/runtime-compose/src/conformance.int.spec.ts',
  'libs/runtime-compose/src/crash.int.spec.ts',
  'libs/runtime-kubernetes/src/faults.int.spec.ts',
  'test-e2e/faults/chaos.spec.ts',
  'test-e2e/browser/web.spec.ts',
  'test-e2e/journeys/rollback.spec.ts',
  'test-e2e/embedded/npm-run-up.spec.ts',
  'test-e2e/journeys/production-approval.spec.ts',
  'test-e2e/journeys/release-groups.spec.ts',
  'test-e2e/journeys/command-line.spec.ts',
  'test-e2e/faults/rebuild.spec.ts',
  'test-e2e/faults/outages.spec.ts',
  'test-e2e/faults/full-disk.spec.ts',
  'test-e2e/journeys/compose.spec.ts',
  'test-e2e/journeys/kubernetes.spec.ts',
];
const missing = LONGEST.filter((file) => !existsSync(join(__dirname, '..', file)));
if (missing.length > 0) throw new Error(`script/jest-sequencer.cjs names files that are gone; correct it: ${missing.join(', ')}`);

const rank = ({ path }) => {
  const place = LONGEST.findIndex((file) => path === join(__dirname, '..', file));
  return place < 0 ? LONGEST.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
