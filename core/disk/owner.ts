/** Which process something on a disk belongs to, told by a name that no later process can have. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process: its number, and when it began, since numbers are used again. */
export interface Owner {
  pid: number;
  /** Linux: clock ticks from the machine's start. macOS: seconds. Windows: 0, and the number alone counts. */
  began: number;
  /**
   * Where its number means something: folders may be shared between machines, and between containers of
   * one, which count processes each for itself. Versions before knew the machine's name alone.
   */
  place: string;
}

/** Began at no time: it has ended. */
const ENDED = -1;

let own: Owner | null = null;

/** This process. */
export function ownProcess(): Owner {
  own ??= { pid: process.pid, began: beganAt(process.pid), place: ownPlace() };
  return own;
}

/** Of the machine's name, what tells this start of it from all others, and the namespace of numbers. */
function ownPlace(): string {
  const boot = linuxTells(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = linuxTells(() => readlinkSync('/proc/self/ns/pid'));
  const all = [hostname(), boot, namespace].join('\n');
  return createHash('sha256').update(all).digest('hex').slice(0, 8);
}

/** Nothing on other systems, or where it is hidden. */
function linuxTells(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

/** An owner as part of a file's name, such as `4711-90210-1f2e3d4c`. */
export function ownerName({ pid, began, place }: Owner): string {
  return `${pid}-${began}-${place}`;
}

/** The owner that a name tells; null where it tells none. */
export function ownerOf(name: string): Owner | null {
  const found = /^(\d{1,10})-(\d{1,20})-([0-9a-f]{8})$/.exec(name);
  return found ? { pid: Number(found[1]), began: Number(found[2]), place: found[3]! } : null;
}

/** Whether this very process still lives; null where its number is of another place, and nobody here knows. */
export function isAlive({ pid, began, place }: Owner): boolean | null {
  if (place !== ownProcess().place) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process answers EPERM: it lives.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beganAt(pid);
  if (now === ENDED) return false;
  return began === 0 || now === 0 || now === began;
}

function beganAt(pid: number): number {
  try {
    if (process.platform === 'linux') return hasOwnNumbers() ? ticksOf(pid) : 0;
    if (process.platform === 'win32') return 0;
    const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return Date.parse(began) / 1000 || 0;
  } catch {
    return 0;
  }
}

/** A namespace may have been left with the account of another one, which counts otherwise. */
const hasOwnNumbers = (): boolean => readlinkSync('/proc/self') === String(process.pid);

/** Field 22 of Linux's account of a process. The second is its name, which may hold spaces and brackets. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A process that has ended and that nobody has asked about does nothing any more.
  return fields[0] === 'Z' ? ENDED : Number(fields[19]) || 0;
}
