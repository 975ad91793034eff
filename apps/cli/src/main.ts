import { ApiError } from '@slipway/api-client';
import { EXIT, exitCodeOf } from './exit-codes';
import { harmlessJson, harmlessLine } from './output/harmless';
import { program } from './program';

/** What went wrong, and for whom asks about it how the platform calls it. */
function explain(error: unknown): [string, ...string[]] {
  if (error instanceof ApiError) {
    const { code, detail, request_id: requestId } = error.problem;
    return [detail, `  code ${code}${requestId ? `, request ${requestId}` : ''}`];
  }
  return [error instanceof Error ? error.message : String(error)];
}

/** Programs get the problem document on stderr, people a sentence. */
function report(error: unknown): void {
  const [what, ...more] = explain(error);
  const lines = process.argv.includes('--json')
    ? [harmlessJson(JSON.stringify(error instanceof ApiError ? error.problem : { code: 'cli', detail: what }))]
    : [`error: ${what}`, ...more].map((line) => harmlessLine(line, false));
  process.stderr.write(`${lines.join('\n')}\n`);
}

/* Whoever read us has had enough: `slipway log tail | head`. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));

/* Of a process that ends while something is still waited for: Node ends it with 0 when nothing can happen any more. */
process.exitCode = EXIT.unavailable;
program()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof Error && error.name === 'AbortError') {
      process.exitCode = EXIT.interrupted;
      return;
    }
    report(error);
    process.exitCode = exitCodeOf(error);
  });
