/** Progress of long steps: one line each, with the time it took; a live line on a terminal, a sign of life elsewhere. */
const isTerminal = process.stdout.isTTY === true && process.env.TERM !== 'dumb' && !process.env.CI;
const colours = isTerminal && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
const ERASE = '\r\u001b[2K';
const SIGN_OF_LIFE_MS = 20_000;

/* Whoever read us has had enough (`npm run status | head -1`); what is being done is done to its end all the same. */
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export const say = (text = '') => process.stdout.write(`${text}\n`);
export const bold = (text) => paint(1, text);

/** Prints an error for a person and ends with the exit code. */
export function fail(message, code = 1) {
  process.stderr.write(`${paint(31, 'error')} ${message}\n`);
  process.exit(code);
}

/** Runs one step; `work` may report what it is at. Not `alone`, it leaves the terminal's line to what else writes there meanwhile. */
export async function step(name, work, { alone = true } = {}) {
  const isLive = isTerminal && alone;
  const since = performance.now();
  let detail = '';
  const live = () =>
    process.stdout.write(
      `${ERASE}  ... ${name} ${paint(2, seconds(performance.now() - since))} ${detail}`.slice(0, (process.stdout.columns || 80) + 8),
    );
  if (!isLive) say(`  ... ${name}`);
  const timer = isLive
    ? setInterval(live, 100)
    : setInterval(() => say(`  ... ${name}, ${seconds(performance.now() - since)} so far`), SIGN_OF_LIFE_MS);
  const finish = (mark) => {
    clearInterval(timer);
    if (isLive) process.stdout.write(ERASE);
    say(`  ${mark} ${name} ${paint(2, seconds(performance.now() - since))}`);
  };
  try {
    const value = await work((text) => (detail = text));
    finish(paint(32, 'ok'));
    return value;
  } catch (error) {
    finish(paint(31, 'failed'));
    throw error;
  }
}
