/** Lints texts as if they were files of this workspace: `[{file, text}]` on stdin, a list of messages for each on stdout. */
import { ESLint } from 'eslint';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const eslint = new ESLint({ cwd: process.cwd() });
const results = [];
for (const { file, text } of JSON.parse(Buffer.concat(chunks).toString())) {
  const [result] = await eslint.lintText(text, { filePath: file });
  results.push(result.messages.map(({ ruleId, line }) => ({ ruleId, line })));
}
process.stdout.write(JSON.stringify(results));
