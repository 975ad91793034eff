import type { ConnectionReportView } from '@slipway/contracts';
import type { ConnectionReport } from '@slipway/runtime-target';

export const reportView = ({ ok, checks, versions, presentedHostKey }: ConnectionReport, checkedAt: string): ConnectionReportView => ({
  ok,
  checks: checks.map((check) => ({ ...check, message: check.message.slice(0, 1000) })),
  versions: { ...versions },
  presented_host_key: presentedHostKey ?? null,
  checked_at: checkedAt,
});
