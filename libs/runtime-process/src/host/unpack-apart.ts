import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { HostError } from '../protocol';
import type { UnpackOrder } from './artifact-unpack';
import { HostFailure } from './host-failure';

/** Runs `unpackArtifact` in a process of its own: a hostile or huge bundle costs the router neither memory nor its turn. */
export async function unpackApart(order: UnpackOrder, tarball: Readable): Promise<void> {
  const child = spawn(process.execPath, [join(__dirname, 'unpack.main.js'), JSON.stringify(order)], {
    env: {},
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
  child.stdin.on('error', () => tarball.resume());
  tarball.on('error', () => child.kill('SIGKILL'));
  tarball.once('close', () => {
    if (!tarball.readableEnded) child.kill('SIGKILL');
  });
  tarball.pipe(child.stdin);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw failureOf(complaint);
}

function failureOf(complaint: string): HostFailure {
  try {
    const { code, message } = JSON.parse(complaint) as HostError;
    return new HostFailure(code, message);
  } catch {
    return new HostFailure('internal', `unpacking was interrupted: ${complaint.slice(-500)}`);
  }
}
