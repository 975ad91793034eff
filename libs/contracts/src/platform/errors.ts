/** Categories decide the HTTP status and whether a retry can help (STYLE.md, errors). */
export const ERROR_CATEGORIES = {
  invalid_input: { http: 400, retryable: false },
  unauthenticated: { http: 401, retryable: false },
  forbidden: { http: 403, retryable: false },
  not_found: { http: 404, retryable: false },
  rule_violation: { http: 409, retryable: false },
  stale_version: { http: 409, retryable: true },
  payload_too_large: { http: 413, retryable: false },
  unsupported_media_type: { http: 415, retryable: false },
  rate_limited: { http: 429, retryable: true },
  dependency_failed: { http: 502, retryable: true },
  dependency_unavailable: { http: 503, retryable: true },
  outcome_unknown: { http: 504, retryable: true },
  internal: { http: 500, retryable: false },
} as const;
export type ErrorCategory = keyof typeof ERROR_CATEGORIES;

/** Every stable error code with its category. Clients compare codes, never texts. */
export const ERROR_CODES = {
  invalid_request: 'invalid_input',
  invalid_reference: 'invalid_input',
  artifact_invalid: 'invalid_input',
  /** A Compose document, Kubernetes manifest or the application manifest asks for what is not allowed; `details.field` names it. */
  manifest_refused: 'invalid_input',
  /** An uploaded kubeconfig has a field that is not allowed; `details.field` names it. */
  kubeconfig_refused: 'invalid_input',
  artifact_too_large: 'payload_too_large',
  request_too_large: 'payload_too_large',
  unsupported_media_type: 'unsupported_media_type',
  unauthenticated: 'unauthenticated',
  token_expired: 'unauthenticated',
  token_revoked: 'unauthenticated',
  account_disabled: 'unauthenticated',
  forbidden: 'forbidden',
  csrf_token_invalid: 'forbidden',
  four_eyes: 'forbidden',
  agent_cannot_approve: 'forbidden',
  agent_cannot_confirm: 'forbidden',
  unknown_resource: 'not_found',
  unknown_route: 'not_found',
  already_exists: 'rule_violation',
  artifact_immutable: 'rule_violation',
  idempotency_key_reused: 'rule_violation',
  preview_required: 'rule_violation',
  preview_expired: 'rule_violation',
  preview_mismatch: 'rule_violation',
  preview_checks_failed: 'rule_violation',
  release_not_applicable: 'rule_violation',
  release_not_cancellable: 'rule_violation',
  release_not_resumable: 'rule_violation',
  /** The release belongs to a group, which is applied, cancelled and rolled back as one; `details.group_id` names it. */
  release_in_group: 'rule_violation',
  group_not_applicable: 'rule_violation',
  group_not_cancellable: 'rule_violation',
  rollback_unavailable: 'rule_violation',
  line_stopped: 'rule_violation',
  frozen: 'rule_violation',
  intent_not_confirmable: 'rule_violation',
  slot_held: 'rule_violation',
  slot_not_held: 'rule_violation',
  slot_busy: 'rule_violation',
  /** A newer claim has touched the target: whoever holds the older fence stops. */
  stale_fence: 'rule_violation',
  /** The target was tried and is not fit; `details.report` says why and how to fix it. Nothing was created or changed. */
  target_unfit: 'rule_violation',
  /** The operator does not allow connections to this address. */
  address_refused: 'rule_violation',
  /** The operator has not switched on targets of this runtime. */
  runtime_off: 'rule_violation',
  /** The host presents another key than the pinned one, or none is pinned yet. */
  host_key_mismatch: 'rule_violation',
  /** The target has no credential, or it does not let us in. */
  credential_refused: 'rule_violation',
  ticket_decided: 'rule_violation',
  ticket_expired: 'rule_violation',
  /** It has as many comments, or as long a history, as a ticket takes; it can still be decided. */
  ticket_full: 'rule_violation',
  resource_in_use: 'rule_violation',
  resource_deleted: 'rule_violation',
  /** There are as many of these as one owner may have; remove some first. */
  limit_reached: 'rule_violation',
  /** The reaction waits before another event than the one to skip, or before none; `details.blocked_position` says which. */
  not_blocked: 'rule_violation',
  /** What policy lets only approvers change cannot be had by deleting and creating it again; `details` says what to create it with. */
  approval_required: 'rule_violation',
  /** The operator has configured no mail server. */
  mail_not_configured: 'rule_violation',
  stale_version: 'stale_version',
  too_many_requests: 'rate_limited',
  dependency_failed: 'dependency_failed',
  dependency_unavailable: 'dependency_unavailable',
  log_behind_checkpoint: 'dependency_unavailable',
  outcome_unknown: 'outcome_unknown',
  internal: 'internal',
} as const satisfies Record<string, ErrorCategory>;
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * The one error type that crosses layers and processes. `message` says what is wrong and what to do next, in words a
 * caller may read; `details` is structured and safe to send; `cause` stays in the log.
 */
export class SlipwayError extends Error {
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'SlipwayError';
    this.category = ERROR_CODES[code];
    this.retryable = ERROR_CATEGORIES[this.category].retryable;
  }
  get httpStatus(): number {
    return ERROR_CATEGORIES[this.category].http;
  }
  toWire(): WireError {
    return {
      code: this.code,
      message: this.category === 'internal' ? 'An internal error occurred; quote the request id to an operator.' : this.message,
      details: this.details,
    };
  }
  static fromWire(wire: WireError): SlipwayError {
    const known = Object.hasOwn(ERROR_CODES, wire.code);
    return new SlipwayError(known ? wire.code : 'internal', wire.message, wire.details ?? {});
  }
}

/** How an error travels in an RPC reply. */
export interface WireError {
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
}

export const isSlipwayError = (error: unknown): error is SlipwayError =>
  error instanceof Error && error.name === 'SlipwayError' && 'code' in error;

/** Another project's resource answers exactly as an unknown one. */
export const unknownResource = (kind: string, ref: string): SlipwayError =>
  new SlipwayError('unknown_resource', `There is no ${kind} '${ref}' here; list what exists, or check the project.`, {
    resource_type: kind,
    ref,
  });
