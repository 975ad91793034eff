import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** What to say where there is no browser. */
export const NO_CHROMIUM = `skipped: no Chromium found; install one of ${NAMES.join(', ')}, or set CHROMIUM_BIN to its path`;

/** The browser of this machine: CHROMIUM_BIN, else the first of the usual names in PATH. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_BIN'];
  const candidates = given
    ? [given]
    : (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
