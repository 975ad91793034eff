/** A line of the supervisor's own log. One that cannot be written (the disk is full) must not end what it tells of. */
export function tell(message: string): void {
  try {
    process.stderr.write(`${new Date().toISOString()} ${message}\n`);
  } catch {
    // There is nowhere left to say so; the readiness of every process does.
  }
}
