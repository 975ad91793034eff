/**
 * The order of test files: the longest first, so that the last worker is not left alone with one of them. Jest itself knows how long
 * a file takes only from earlier runs, and a fresh clone had none; then it goes by size, and the longest files are short: each runs a
 * suite that stands elsewhere. Plain JavaScript: it runs before anything is built.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

/** In this order. What drives containers comes before or after the browser, not beside it: Chromium drops what it loads when network interfaces change. */
const LONGEST = [
  'libs/runtime-kubernetes/src/conformance.int.spec.ts',
  'libs/runtime-compose/src/conformance.int.spec.ts',
  'test-e2e/faults/chaos.spec.ts',
  'test-e2e/browser/web.spec.ts',
  'test-e2e/embedded/npm-run-up.spec.ts',
  'libs/runtime-compose/src/crash.int.spec.ts',
  'libs/runtime-process/src/conformance.int.spec.ts',
  'libs/runtime-kubernetes/src/faults.int.spec.ts',
  'apps/runtime-executor/src/executor-crash.int.spec.ts',
];
const rank = ({ path }) => {
  const place = LONGEST.findIndex((end) => path.replaceAll('\\', '/').endsWith(end));
  return place < 0 ? LONGEST.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
