/** A server place as the running proxy shows it. */
export interface ProxyServer {
  readonly name: string;
  /** Container (12 hex) for which it stands; undefined: free. */
  readonly container: string | undefined;
  readonly weight: number;
  /** In maintenance: gets nothing, checks nothing. */
  readonly resting: boolean;
  readonly draining: boolean;
  /** Its health check has passed since it was put in. */
  readonly up: boolean;
  /** What the last check got, e.g. `L7STS 503`; null before the first. */
  readonly check: string | null;
  readonly sessions: number;
}

const CONTAINER = /^[0-9a-f]{12}$/;
const FORCED_MAINT = 1;
const FORCED_DRAIN = 8;

/** Reads the answers to `show stat slot 4 -1` and `show servers state slot`; undefined when the proxy did not answer. */
export function readProxyServers(text: string): readonly ProxyServer[] | undefined {
  const [stat = '', state = ''] = text.split('# be_id');
  const statRows = csv(stat);
  if (statRows.length === 0) return undefined;
  const states = new Map(
    state
      .split('\n')
      .map((line) => line.trim().split(' '))
      .filter((fields) => fields.length > 18 && fields[0] !== '#')
      .map((fields) => [fields[3]!, { admin: Number(fields[6]), weight: Number(fields[7]), fqdn: fields[17]! }]),
  );
  return statRows.map((row) => serverOf(row, states.get(row['svname'] ?? '')));
}

function serverOf(row: Readonly<Record<string, string>>, state: { admin: number; weight: number; fqdn: string } | undefined): ProxyServer {
  const status = row['status'] ?? '';
  const check = (row['check_status'] ?? '').replace(/^\* /, '');
  const resting = status.startsWith('MAINT') || ((state?.admin ?? 0) & FORCED_MAINT) !== 0;
  return {
    name: row['svname'] ?? '',
    container: state && CONTAINER.test(state.fqdn) ? state.fqdn : undefined,
    weight: state?.weight ?? 0,
    resting,
    draining: ((state?.admin ?? 0) & FORCED_DRAIN) !== 0,
    up: !resting && /^(UP|DRAIN|NOLB)/.test(status) && /^L[467]OK/.test(check),
    check: check === '' || check === 'INI' ? null : `${check} ${row['check_code'] ?? ''}`.trim(),
    sessions: Number(row['scur'] ?? 0),
  };
}

function csv(text: string): Record<string, string>[] {
  const lines = text.split('\n').filter((line) => line.includes(','));
  const header = lines[0]?.startsWith('# ') ? lines[0].slice(2).split(',') : undefined;
  if (!header) return [];
  return lines.slice(1).map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(header.map((name, index) => [name, fields[index] ?? '']));
  });
}
