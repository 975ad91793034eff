import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { contextOf, type Context } from './context';
import { EXIT, type ExitCode } from './exit-codes';
import type { GlobalOptions } from './settings';

export type Handler<O extends object> = (context: Context, argument: string, options: O & GlobalOptions) => Promise<ExitCode | void>;

/** Gives a command its context, and its exit code to the process; errors are the program's to print. */
export const action =
  <O extends object>(handler: Handler<O>) =>
  async (...args: unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    const options = command.optsWithGlobals<O & GlobalOptions>();
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    process.once('SIGTERM', () => stop.abort());
    const code = await handler(contextOf(options, stop.signal), typeof args[0] === 'string' ? args[0] : '', options);
    process.exitCode = code ?? EXIT.ok;
  };

/** The client sends a command again when its answer got lost; under one key it is done once. `--idempotency-key` takes its place. */
export const once = (): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': `cli-${randomUUID()}` });

/** Repeats an option: `--var A=1 --var B=2`. */
export const collect = (value: string, previous: readonly string[] = []): string[] => [...previous, value];
