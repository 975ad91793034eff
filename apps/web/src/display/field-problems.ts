import { ApiError } from '../api/client';

/** What a refused request says about single fields: by the field's name in the body, the message for it. */
export function fieldProblems(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const { errors, details, detail } = error.problem;
  const found: Record<string, string> = {};
  for (const { path, message } of errors ?? []) {
    const field = path.replace(/^body\/?/, '').split('/')[0];
    if (field) found[field] ??= `${field.replaceAll('_', ' ')} ${message}`.replace(/^./, (letter) => letter.toUpperCase());
  }
  const named = details?.['field'];
  if (typeof named === 'string') found[named.split('.')[0]!] ??= detail;
  return found;
}
