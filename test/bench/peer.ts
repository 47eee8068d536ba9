/** A peer of the benchmark: a Python process that trains for some seconds when it is asked to. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PEERS } from './python.ts';

/** What a peer answers. */
export interface PeerAnswer {
  samplesPerSecond?: number;
  /** PyTorch's settings that were fastest. */
  settings?: string;
}

/** A running peer; between questions it waits and computes nothing. */
export interface Peer {
  /** @param of a case, as `net-batch`; the first question about it also prepares it */
  ask(of: string, seconds: number): Promise<PeerAnswer>;
  end(): void;
}

/** Starts a peer's script and waits until it is ready. @throws Error where it ends early */
export async function startPeer(python: string, script: string): Promise<Peer> {
  const child = spawn(python, [join(PEERS, script)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    complaint = (complaint + part.toString()).slice(-4000);
  });
  // A write to a peer that has ended fails here too; what is thrown is what the peer said.
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<PeerAnswer> => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value) as PeerAnswer;
    const why = complaint.trim().split('\n').at(-1) || 'it said nothing';
    throw new Error(`The peer ${script} ended: ${why}`);
  };
  await answer();
  return {
    ask: (of, seconds) => {
      child.stdin.write(`${of} ${seconds}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}
