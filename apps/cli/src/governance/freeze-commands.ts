import type { Schemas } from '@slipway/api-client';
import { Option, type Command } from 'commander';
import { action, collect } from '../command';
import { describeGate, onGate, removeWindow, type GateOptions } from './gate-client';

type GateAct = NonNullable<Schemas['SetWindow']['acts']>[number];
interface WindowOptions extends GateOptions {
  readonly start: string;
  readonly hours: string;
  readonly rrule?: string;
  readonly timezone?: string;
  readonly kind: 'deny' | 'allow';
  readonly act?: GateAct[];
  readonly reason: string;
  readonly owner?: string;
}

const environment = (): Option => new Option('-e, --environment <name>', 'of this environment; otherwise of the project');
const platform = (): Option => new Option('--platform', 'of the whole platform');
const ACT = 'keep this out (apply unless given; rollback; repeat for more)';

/** Freeze windows and stop-the-line. */
export function freezeCommands(root: Command): void {
  const freeze = root.command('freeze').description('freeze windows: when nothing is applied');
  freeze
    .command('show')
    .description('whether it is closed, why, and when it opens next')
    .addOption(environment())
    .addOption(platform())
    .action(
      action<GateOptions>(async (context, _, options) => describeGate(context.output, await onGate(context, options, 'show', undefined))),
    );
  freeze
    .command('set <window>')
    .description('set a window: once, or recurring by RFC 5545')
    .addOption(environment())
    .addOption(platform())
    .requiredOption('--start <local time>', 'first start, e.g. 2026-12-18T17:00')
    .requiredOption('--hours <number>', 'how long it lasts')
    .option('--rrule <rule>', 'e.g. FREQ=WEEKLY;BYDAY=FR; once unless given')
    .option('--timezone <zone>', 'IANA name (UTC)')
    .option('--kind <kind>', 'deny: closed while it lasts; allow: open only while it lasts', 'deny')
    .option('--act <act>', ACT, collect)
    .requiredOption('--reason <text>', 'why')
    .option('--owner <who>', 'whom to ask; you, unless given')
    .action(
      action<WindowOptions>(async (context, name, options) =>
        describeGate(context.output, await onGate(context, options, 'set', windowOf(name, options))),
      ),
    );
  freeze
    .command('remove <window>')
    .description('remove a window')
    .addOption(environment())
    .addOption(platform())
    .option('--reason <text>', 'why')
    .action(
      action<GateOptions & { reason?: string }>(async (context, name, options) =>
        describeGate(context.output, await removeWindow(context, options, name, options.reason)),
      ),
    );
  stopLineCommands(root);
}

function windowOf(name: string, options: WindowOptions): Schemas['SetWindow'] {
  const { start, hours, rrule, timezone, kind, act: acts, reason, owner } = options;
  return { name, start, duration_s: Math.round(Number(hours) * 3600), rrule, timezone, kind, acts, reason, owner };
}

function stopLineCommands(root: Command): void {
  const line = root.command('stop-line').description('stop the line: nothing begins until somebody resumes it');
  line
    .command('stop')
    .addOption(environment())
    .addOption(platform())
    .requiredOption('--reason <text>', 'why')
    .option('--owner <who>', 'whom to ask; you, unless given')
    .option('--act <act>', ACT, collect)
    .action(
      action<GateOptions & { reason: string; owner?: string; act?: GateAct[] }>(async (context, _, options) => {
        const { reason, owner, act: acts } = options;
        describeGate(context.output, await onGate(context, options, 'stop', { reason, owner, acts }));
      }),
    );
  line
    .command('resume')
    .description('what waited goes on')
    .addOption(environment())
    .addOption(platform())
    .option('--reason <text>', 'why')
    .action(
      action<GateOptions & { reason?: string }>(async (context, _, options) =>
        describeGate(context.output, await onGate(context, options, 'resume', { reason: options.reason })),
      ),
    );
}
