const FAULT = /error|exception|fatal|panic|cannot|could not|unable|refused|denied|failed|not found|missing/i;
/** Of stack traces: frames name errors, too. */
const FRAME = /(^|: )\s+at /;

/** Of the last lines that a workload wrote, the one that says what is wrong: the last that names a fault, else the last. */
export const tellingLine = (lines: readonly string[]): string | undefined =>
  [...lines].reverse().find((line) => FAULT.test(line) && !FRAME.test(line)) ?? lines.at(-1);
