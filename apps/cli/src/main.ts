import { ApiError } from '@slipway/api-client';
import { EXIT, exitCodeOf } from './exit-codes';
import { program } from './program';

function explain(error: unknown): string {
  if (error instanceof ApiError) {
    const { code, detail, request_id: requestId } = error.problem;
    return `${detail}\n  code ${code}${requestId ? `, request ${requestId}` : ''}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Programs get the problem document on stderr, people a sentence. */
function report(error: unknown): void {
  const json = process.argv.includes('--json');
  const text = json
    ? JSON.stringify(error instanceof ApiError ? error.problem : { code: 'cli', detail: explain(error) })
    : `error: ${explain(error)}`;
  process.stderr.write(`${text}\n`);
}

/* Whoever read us has had enough: `slipway log tail | head`. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));

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
