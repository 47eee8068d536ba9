/** Which process something on a disk belongs to, told by a name that no later process can have. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process: its number, and when it began, since numbers are used again. */
export interface Owner {
  pid: number;
  /** Linux: clock ticks from the machine's start. macOS: seconds. Windows: 0, and the number alone counts. */
  began: number;
  /** Of the machine: folders may be shared between several. */
  host: string;
}

let own: Owner | null = null;

/** This process. */
export function ownProcess(): Owner {
  const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  own ??= { pid: process.pid, began: beganAt(process.pid), host };
  return own;
}

/** An owner as part of a file's name, such as `4711-90210-1f2e3d4c`. */
export function ownerName({ pid, began, host }: Owner): string {
  return `${pid}-${began}-${host}`;
}

/** The owner that a name tells; null where it tells none. */
export function ownerOf(name: string): Owner | null {
  const found = /^(\d{1,10})-(\d{1,20})-([0-9a-f]{8})$/.exec(name);
  return found ? { pid: Number(found[1]), began: Number(found[2]), host: found[3]! } : null;
}

/** Whether this very process still lives; null where it is on another machine, and nobody here knows. */
export function isAlive({ pid, began, host }: Owner): boolean | null {
  if (host !== ownProcess().host) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process answers EPERM: it lives.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beganAt(pid);
  return began === 0 || now === 0 || now === began;
}

function beganAt(pid: number): number {
  try {
    if (process.platform === 'linux') return ticksOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'win32') return 0;
    const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return Date.parse(began) / 1000 || 0;
  } catch {
    return 0;
  }
}

/** Field 22 of Linux's account of a process. The second is its name, which may hold spaces and brackets. */
function ticksOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) || 0;
}
