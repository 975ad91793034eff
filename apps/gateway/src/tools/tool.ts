import { grantsOf, SlipwayError, type Permission, type Principal } from '@slipway/contracts';
import type { Static, TObject } from 'typebox';
import { inputOf } from '../http/validation';
import { routeNamed } from '../routes/route-table';
import type { ToolBench } from './tool-bench';

/**
 * What a tool can bring about: `read` changes nothing, `propose` makes drafts, `act` carries one out or asks for its approval, `undo` takes
 * back what runs or was asked for. Where a person must confirm (the command centre), `act` and `undo` become proposals.
 */
export type ToolEffect = 'read' | 'propose' | 'act' | 'undo';

/** One row of the tool table: everything that MCP, the command centre's model and the sweep tests need to know. */
export interface Tool {
  /** Unique; snake_case. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it gives, when to use it. */
  readonly description: string;
  readonly effect: ToolEffect;
  /** The rows of the route table that it calls, and so its permission rule: all that these rows need. It can call no other. */
  readonly routes: readonly string[];
  readonly input: TObject;
  readonly output: TObject;
  /** @throws SlipwayError with the codes of the routes; `invalid_request` for arguments that do not fit. */
  run(args: unknown, bench: ToolBench): Promise<Record<string, unknown>>;
}

type Definition<I extends TObject, O extends TObject> = Omit<Tool, 'input' | 'output' | 'run'> & {
  readonly input: I;
  readonly output: O;
  readonly run: (input: Static<I>, bench: ToolBench) => Promise<Static<O>>;
};

/** A row whose arguments are checked against its schema before it runs. */
export function defineTool<I extends TObject, O extends TObject>(definition: Definition<I, O>): Tool {
  const check = inputOf(definition.input);
  return {
    ...definition,
    run: async (args, bench) => await definition.run(check(args) as Static<I>, bench),
  };
}

/** All permissions that a tool needs: those of its routes. */
export const permissionsOf = (tool: Tool): Permission[] => [...new Set(tool.routes.flatMap((name) => routeNamed(name).permissions))];

/** Whether there is a place where the principal has all that a tool's routes need; its calls are then judged by where they go. */
export const mayUse = (principal: Principal, tool: Tool): boolean =>
  permissionsOf(tool).every((permission) => grantsOf(principal).some(({ permissions }) => permissions.includes(permission)));

export const unknownTool = (name: string): SlipwayError =>
  new SlipwayError('unknown_resource', `There is no tool '${name.slice(0, 100)}' here; list the tools.`, { resource_type: 'tool' });
