import { findTools } from './find.tools';
import { inboxTools } from './inbox.tools';
import { releaseActTools } from './release-acts.tools';
import { releaseReadTools } from './release-reads.tools';
import type { Tool } from './tool';
import { watchTools } from './watch.tools';

/** Every tool there is, for MCP and for the command centre's model. What is not here cannot be called. */
export const TOOL_TABLE: readonly Tool[] = [...findTools, ...releaseReadTools, ...watchTools, ...inboxTools, ...releaseActTools];

const byName = new Map(TOOL_TABLE.map((tool) => [tool.name, tool]));
if (byName.size !== TOOL_TABLE.length) throw new Error('Two rows of the tool table have one name');

export const toolNamed = (name: string): Tool | undefined => byName.get(name);
