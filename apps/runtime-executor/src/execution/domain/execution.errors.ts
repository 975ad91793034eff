import { SlipwayError } from '@slipway/contracts';

/**
 * A newer claim of the execution is in the log: whoever gets this stops at once and writes nothing more.
 * Code `stale_version`.
 */
export const claimLost = (executionId: string, attempt: number, newest: number): SlipwayError =>
  new SlipwayError('stale_version', `Execution '${executionId}' was taken over: attempt ${newest} holds it, this was attempt ${attempt}.`, {
    execution_id: executionId,
    attempt,
    newest_attempt: newest,
    claim_lost: true,
  });

export const isClaimLost = (error: unknown): boolean => error instanceof SlipwayError && error.details.claim_lost === true;

/** A step of the pipeline asked for what the recorded state does not allow: a fault in the executor. Code `internal`. */
export const outOfOrder = (executionId: string, phase: string, wanted: string): SlipwayError =>
  new SlipwayError('internal', `Execution '${executionId}' is ${phase}; it cannot become ${wanted}.`, { execution_id: executionId });
