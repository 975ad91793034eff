import type { ReleaseView } from '../api/client';
import { STATUS } from '../display/lifecycle';

/** Every status with its label, to filter by. */
export const STATUSES = Object.entries(STATUS).map(([value, { label }]) => ({ value, label }));
/** What of the address is a status; anything else counts as absent. */
export const statusOf = (value: string | undefined): ReleaseView['status'] | undefined =>
  STATUSES.some((status) => status.value === value) ? (value as ReleaseView['status']) : undefined;
