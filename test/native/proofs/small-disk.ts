/** A real disk of a few KiB: a tmpfs, which only root may mount. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, statfsSync } from 'node:fs';

/** Whether such disks can be made here; elsewhere the injected faults stand alone. */
export const CAN_MOUNT = process.platform === 'linux' && process.getuid?.() === 0;

/** A mounted disk. */
export interface SmallDisk {
  path: string;
  /** Changes its size so that so many KiB are free. */
  leave(kib: number): void;
  unmount(): void;
}

/** Mounts an empty disk at a path. @param kib its size */
export function mountDisk(path: string, kib: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'label-noise-lab', path]);
  return {
    path,
    leave(free) {
      const { blocks, bfree, bsize } = statfsSync(path);
      const used = ((blocks - bfree) * bsize) / 1024;
      execFileSync('mount', ['-o', `remount,size=${used + free}k`, path]);
    },
    unmount() {
      execFileSync('umount', [path]);
      rmdirSync(path);
    },
  };
}
