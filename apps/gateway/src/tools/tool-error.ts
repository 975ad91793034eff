import { type ErrorCode } from '@slipway/contracts';
import { toProblemError } from '../http/problem';
import { cleanJson, cleanText } from './untrusted';

/** What an agent does next after a refusal, where the problem's own words are meant for a person with more rights. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  preview_required: 'Call preview_release, show it, then apply_release with its preview_ref.',
  preview_expired: 'Call preview_release again and use the new preview_ref.',
  preview_mismatch: 'Something moved since the preview. Call preview_release again and compare.',
  preview_checks_failed: 'show_preview names the failed checks; they must be cleared first.',
  forbidden: 'Your rights are fixed; no tool widens them. Tell the person you work for what is missing.',
  agent_cannot_approve: 'Only people approve, in the inbox. Tell the person you work for.',
  four_eyes: 'Somebody else than the requester must decide.',
  slot_held: 'A person must resume the slot first.',
  slot_busy: 'Another release runs there; watch_release follows it.',
  release_not_applicable: 'describe_release says where it stands.',
  rollback_unavailable: 'find_running says what runs there now.',
  unknown_resource: 'find_services, find_targets and find_releases list what there is.',
  invalid_reference: 'Name the project, or use the id.',
  outcome_unknown: 'Call again with the same idempotency_key to learn the outcome.',
  dependency_unavailable: 'Try again shortly.',
  stale_version: 'Try again.',
  too_many_requests: 'Wait, then try again.',
};

export interface ToolError {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retryable: boolean;
  readonly next?: string;
  /** Facts by code, as JSON; may quote what others wrote. */
  readonly untrusted_details?: string;
}

/** Any error as a tool's caller gets it: the codes of REST, and what to do next. */
export function toolError(thrown: unknown): ToolError {
  const error = toProblemError(thrown);
  const { code, message, details } = error.toWire();
  const next = NEXT[code];
  const internal = error.category === 'internal';
  return {
    code,
    detail: cleanText(message, 1_000),
    retryable: error.retryable,
    ...(next === undefined ? {} : { next }),
    ...(internal || Object.keys(details ?? {}).length === 0 ? {} : { untrusted_details: cleanJson(details, 1_000) }),
  };
}
