import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import { Panel } from '../display/page';
import type { CanaryPoint, Figures } from './canary';

const MEASURES = [
  { name: 'Error rate', unit: '%', of: ({ errorRate }: Figures) => (errorRate === null ? null : 100 * errorRate) },
  { name: 'p50', unit: 'ms', of: (figures: Figures) => figures.p50 },
  { name: 'p95', unit: 'ms', of: (figures: Figures) => figures.p95 },
  { name: 'p99', unit: 'ms', of: (figures: Figures) => figures.p99 },
] as const;

const rounded = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 100) / 100;
const said = (value: number | null, unit: string): string => (value === null ? 'unknown' : `${rounded(value)} ${unit}`);
const SERIES = [
  { name: 'Stable', color: 'gray.6' },
  { name: 'Canary', color: 'harbour.5', strokeDasharray: '5 3' },
];

/** The canary against the stable version, as measured at the router in each step. */
export default function CanaryCharts({ points }: { points: readonly CanaryPoint[] }) {
  const last = points.at(-1);
  return (
    <Panel
      title="Canary"
      aside={
        <Text size="xs" c="var(--quiet)">
          <span className="chart-key">stable</span>{' '}
          <span className="chart-key" data-canary>
            canary
          </span>{' '}
          {last?.canary?.requests ?? 0} requests to the canary at {last?.share}
        </Text>
      }
    >
      <div className="charts" data-points={points.length}>
        {MEASURES.map(({ name, unit, of }) => (
          <figure key={name} style={{ margin: 0 }}>
            <Text size="xs" fw={600} component="figcaption" mb={4}>
              {name} <span className="quiet">{unit}</span>
            </Text>
            {points.some(({ stable, canary }) => [stable, canary].some((figures) => figures && of(figures) !== null)) ? (
              <LineChart
                h={150}
                data={points.map(({ share, stable, canary }) => ({
                  share,
                  Stable: stable && rounded(of(stable)),
                  Canary: canary && rounded(of(canary)),
                }))}
                dataKey="share"
                series={SERIES}
                curveType="linear"
                tickLine="none"
                yAxisProps={{ width: 38, domain: [0, 'auto'] }}
                strokeWidth={2}
                dotProps={{ r: 3 }}
                connectNulls
              />
            ) : (
              <Text size="sm" c="var(--quiet)">
                No request was measured yet.
              </Text>
            )}
          </figure>
        ))}
      </div>
      <table className="visually-hidden">
        <caption>Canary figures by share of the traffic</caption>
        <tbody>
          {points.map(({ share, stable, canary }, index) => (
            <tr key={`${share}${index}`}>
              <th scope="row">{share}</th>
              {MEASURES.map(({ name, unit, of }) => (
                <td key={name}>
                  {name}: stable {said(stable && of(stable), unit)}, canary {said(canary && of(canary), unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
