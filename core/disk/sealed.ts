/** JSON files that carry the checksum of what they say, so that damage is noticed. */
import { createHash } from 'node:crypto';
import { writeJson } from './write.ts';

/** The SHA-256 of some bytes, in hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a JSON text says; null where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes an object with its checksum as its last field, `sha256`. @throws DiskError */
export function writeSealed(path: string, value: object): void {
  writeJson(path, sealed(value));
}

/** An object with its checksum. */
export function sealed<T extends object>(value: T): T & { sha256: string } {
  return { ...value, sha256: sealOf(value) };
}

/**
 * Whether an object says what it said when it was written.
 * @returns null where it carries no checksum, as files of older versions
 */
export function isSealed(value: unknown): boolean | null {
  if (typeof value !== 'object' || value === null || !('sha256' in value)) return null;
  const { sha256: seal, ...rest } = value;
  return seal === sealOf(rest);
}

/** Of the shortest JSON text, which is the same however a file is laid out. */
const sealOf = (value: object): string => sha256(JSON.stringify(value));
