import { ApiError } from '@slipway/api-client';

/**
 * What a refused request says about single fields: by the field's name, the message for it.
 * @param within the member of the body that has the fields, where it is not the body itself.
 */
export function fieldProblems(error: unknown, within = ''): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const { errors, details, detail } = error.problem;
  const found: Record<string, string> = {};
  const root = within ? `body/${within}/` : 'body/';
  for (const { path, message } of errors ?? []) {
    const field = path.startsWith(root) ? path.slice(root.length).split('/')[0] : undefined;
    if (field) found[field] ??= `${field.replaceAll('_', ' ')} ${message}`.replace(/^./, (letter) => letter.toUpperCase());
  }
  const named = details?.['field'];
  if (typeof named === 'string') found[named.split('.')[0]!] ??= detail;
  return found;
}
