import type { VerificationCheck } from '../observation';

const LONGEST_MESSAGE = 1000;

/** One check of a verification; its message is cut at 1,000 characters. */
export const verificationCheck = (
  name: string,
  verdict: VerificationCheck['verdict'],
  message: string,
  observed: Record<string, unknown> = {},
): VerificationCheck => ({ name, verdict, message: message.slice(0, LONGEST_MESSAGE), observed });
