import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { collectDefaultMetrics, Registry } from 'prom-client';

const REPOSITORY = resolve(__dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(REPOSITORY, ...path), 'utf8');

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}
const panels = (JSON.parse(read('deploy', 'dashboards', 'slipway.json')) as { panels: Panel[] }).panels;
const charts = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
const rules = (parse(read('deploy', 'compose', 'prometheus', 'alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] })
  .groups;
const alerts = rules.flatMap((group) => group.rules).map(({ alert, expr }) => ({ title: alert, expr }));

/** Metrics with their labels, as the services' sources register them. */
function exposed(): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const sources = ['apps', 'libs'].flatMap((group) =>
    readdirSync(join(REPOSITORY, group), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\/src\/.*\.ts$/.test(name) && !/spec|fixture|\/web\//.test(name))
      .map((name) => read(group, name)),
  );
  for (const source of sources.filter((text) => text.includes('prom-client'))) {
    const shared = /const labelNames = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
    const [, ...definitions] = source.split(/(?=name: 'slipway_)/);
    for (const definition of definitions) {
      const name = /'(slipway_[a-z_]+)'/.exec(definition)![1]!;
      const own = /labelNames: \[([^\]]*)\]/.exec(definition)?.[1] ?? shared;
      found.set(name, new Set([...own.matchAll(/'([a-z_]+)'/g)].map(([, label]) => label!)));
    }
  }
  return found;
}

/** What Prometheus and the registry put on everything. */
const COMMON = ['service', 'instance', 'job', 'le'];
const metricsOf = (expr: string): string[] => [...expr.matchAll(/\b(slipway|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
const bare = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
const labelsOf = (expr: string): string[] =>
  [...expr.matchAll(/by \(([^)]*)\)|\{([^}]*)\}/g)].flatMap(([, by, matchers]) =>
    (by ?? matchers ?? '').split(',').map((label) => label.split(/[=!]/)[0]!.trim()),
  );

describe('dashboards and alerts', () => {
  const known = exposed();
  const standard = new Registry();
  collectDefaultMetrics({ register: standard });
  const ofNode = new Set(standard.getMetricsAsArray().map(({ name }) => name));

  it('reads the metrics of the sources', () => {
    expect(known.get('slipway_projection_lag_events')).toEqual(new Set(['projection', 'kind']));
    expect(known.get('slipway_http_requests_total')).toEqual(new Set(['method', 'route', 'status']));
    expect(known.size).toBeGreaterThan(18);
  });

  it.each([...charts, ...alerts])('$title: asks for metrics and labels that there are', ({ expr }) => {
    const names = metricsOf(expr).map(bare);
    expect(names.filter((name) => !known.has(name) && !ofNode.has(name) && name !== 'up')).toEqual([]);
    const labels = new Set([...COMMON, ...names.flatMap((name) => [...(known.get(name) ?? [])])]);
    expect(labelsOf(expr).filter((label) => !labels.has(label))).toEqual([]);
  });

  it('every metric of the platform is on the dashboard, but those that alone say nothing', () => {
    const shown = new Set(charts.flatMap(({ expr }) => metricsOf(expr).map(bare)));
    expect([...known.keys()].filter((name) => !shown.has(name)).sort()).toEqual([]);
  });

  const lack = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).error ? 'promtool (Debian: prometheus) is not there' : undefined;
  (lack ? it.skip : it)(`Prometheus takes the alerts and every query${lack ? ` (skipped: ${lack})` : ''}`, () => {
    const file = join(mkdtempSync(join(tmpdir(), 'slipway-rules-')), 'queries.yml');
    const queries = charts.map(({ expr }, index) => ({ record: `query:${index}`, expr: expr.replaceAll('$__rate_interval', '1m') }));
    writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules: queries }] }));
    const argv = ['check', 'rules', file, join(REPOSITORY, 'deploy', 'compose', 'prometheus', 'alerts.yml')];
    const { status, stdout, stderr } = spawnSync('promtool', argv, { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
  });
});
