import type { components } from './generated/schema';

export type Problem = components['schemas']['Problem'];
export type ProblemCode = Problem['code'];

/** The gateway refused or failed; `problem.code` is stable, `problem.detail` says what to do next. */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.detail);
    this.name = 'ApiError';
  }
  get code(): ProblemCode {
    return this.problem.code;
  }
}

/** The gateway could not be reached, or what answered is not a gateway. */
export class GatewayUnreachable extends Error {
  constructor(
    readonly baseUrl: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'GatewayUnreachable';
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'status' in value;

/** The error of an answer that is not a success. */
export async function errorOf(response: Response, baseUrl: string): Promise<ApiError | GatewayUnreachable> {
  const text = await response.text();
  const body = parsed(text);
  if (isProblem(body)) return new ApiError(body, response.status);
  return new GatewayUnreachable(baseUrl, `${baseUrl} answered ${response.status} without a problem document; is it a Slipway gateway?`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
