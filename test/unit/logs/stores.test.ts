/** Logs that are no text: Weights & Biases' offline runs, MLflow's folders, pickles, packed files. */
import { gzipSync } from 'node:zlib';
import CRC32 from 'crc-32';
import { describe, expect, test } from 'vitest';
import { isLog, readLog } from '../../../core/logs/index.ts';
import { said } from '../said.ts';
import { CURVE, table } from './curve.ts';
import { scratch } from './tools.ts';

const { write } = scratch();
const accuracies = CURVE.map(({ holdoutAccuracy }) => holdoutAccuracy);

/** A field of a protobuf message with bytes in it. */
function field(id: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  const key = (id << 3) | 2;
  const head = key > 127 ? [(key & 127) | 128, key >> 7] : [key];
  return Buffer.concat([Buffer.from(head), Buffer.from(length), bytes]);
}

/** What `run.log` writes, by the messages' definition (wandb_internal.proto). */
function history(values: Record<string, number>): Buffer {
  const items = Object.entries(values).map(([name, value]) =>
    field(
      1,
      Buffer.concat([field(2, Buffer.from(name)), field(16, Buffer.from(JSON.stringify(value)))]),
    ),
  );
  return field(2, Buffer.concat(items));
}

/** A file of records in blocks, as LevelDB's log format says. */
function blocks(records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00])];
  let at = 7;
  const put = (kind: number, bytes: Buffer): void => {
    const header = Buffer.alloc(7);
    header.writeUInt32LE(CRC32.buf(Buffer.concat([Buffer.from([kind]), bytes])) >>> 0, 0);
    header.writeUInt16LE(bytes.length, 4);
    header[6] = kind;
    parts.push(header, bytes);
    at += 7 + bytes.length;
  };
  for (const record of records) {
    let from = 0;
    do {
      const left = 32_768 - (at % 32_768);
      if (left < 7) {
        parts.push(Buffer.alloc(left));
        at += left;
        continue;
      }
      const piece = record.subarray(from, from + left - 7);
      const [isFirst, isLast] = [from === 0, from + piece.length === record.length];
      put(isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3, piece);
      from += piece.length;
    } while (from < record.length);
  }
  return Buffer.concat(parts);
}

describe('an offline run of Weights & Biases', () => {
  const rows = CURVE.map(({ epoch, trainLoss, holdoutAccuracy }) =>
    history({ _step: epoch - 1, epoch, 'train/loss': trainLoss, 'val/acc': holdoutAccuracy }),
  );
  // Records of other kinds, one of them longer than a block.
  const noise = field(17, Buffer.alloc(70_000, 1));

  test('is read, records over several blocks too', async () => {
    const path = write(
      'wandb/offline-run-1/run-1.wandb',
      blocks([noise, ...rows.slice(0, 9), noise, ...rows.slice(9)]),
    );
    for (const at of [path, path.replace(/.run-1\.wandb$/, '')]) {
      const log = await readLog(at);
      expect(log.format).toBe('Weights & Biases offline run');
      expect(log.columns).toMatchObject({ epoch: ['epoch'], holdoutAccuracy: ['val/acc'] });
      expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual(accuracies);
      expect(await isLog(at)).toBe(true);
    }
  });

  test('cut short anywhere gives what is whole, and says so', async () => {
    const whole = blocks(rows);
    for (const cut of [1, 8, 40, 100]) {
      const log = await readLog(write('cut.wandb', whole.subarray(0, whole.length - cut)));
      expect(log.rows.length).toBeGreaterThanOrEqual(28);
      expect(log.rows.length).toBeLessThan(30);
    }
    const log = await readLog(write('cut.wandb', whole.subarray(0, whole.length - 20)));
    expect(said(log.notes).join()).toMatch(/last record .* is cut short/);
  });

  test('with a changed byte is refused, with the place; so is what is no run', async () => {
    const bytes = blocks(rows);
    bytes[300] = bytes[300]! ^ 1;
    await expect(readLog(write('changed.wandb', bytes))).rejects.toThrow(
      /byte \d+: .*checksum is wrong/,
    );
    const other = blocks([Buffer.from([0x12, 0x05, 0x0a])]);
    await expect(readLog(write('other.wandb', other))).rejects.toThrow(
      /not those of Weights & Biases/,
    );
  });
});

describe("MLflow's folders", () => {
  const lines = (value: (i: number) => number) =>
    CURVE.map((_, i) => `17959722570${10 + i} ${value(i)} ${i}\n`).join('');
  const run = (name: string) => {
    write(
      `${name}/metrics/train/loss`,
      lines((i) => CURVE[i]!.trainLoss),
    );
    write(`${name}/params/lr`, '0.1');
    write(`${name}/meta.yaml`, 'artifact_uri: x\n');
    return write(
      `${name}/metrics/val_acc`,
      lines((i) => accuracies[i]!),
    );
  };

  test('are read from the run and from its metrics', async () => {
    const path = run('mlruns/0/abc');
    for (const at of [path.replace(/.val_acc$/, ''), path.replace(/.metrics.val_acc$/, '')]) {
      const log = await readLog(at);
      expect(log.format).toBe('MLflow metrics');
      expect(log.columns).toEqual({
        step: ['step'],
        trainLoss: ['train/loss'],
        holdoutAccuracy: ['val_acc'],
      });
      expect([log.names[0], log.byStep]).toEqual(['0', false]);
      expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual(accuracies);
    }
  });

  test('of several runs are not mixed', async () => {
    run('several/0/a');
    const path = run('several/0/b');
    await expect(readLog(path.replace(/.0.b.metrics.val_acc$/, ''))).rejects.toThrow(
      /holds 2 runs \(a, b\); give the folder of one/,
    );
  });
});

describe('pickles are data, never run', () => {
  // pickle.dumps({'val_accuracy': [0.5, 0.6, 0.55], 'loss': [2.0, 1.0, 0.5]}, protocol=4)
  const history = Buffer.from(
    'gASVWQAAAAAAAAB9lCiMDHZhbF9hY2N1cmFjeZRdlChHP+AAAAAAAABHP+MzMzMzMzNHP+GZmZmZmZpl' +
      'jARsb3NzlF2UKEdAAAAAAAAAAEc/8AAAAAAAAEc/4AAAAAAAAGV1Lg==',
    'base64',
  );

  test('a history', async () => {
    const log = await readLog(write('history.pkl', history));
    expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual([0.5, 0.6, 0.55]);
    expect(log.columns).toEqual({ trainLoss: ['loss'], holdoutAccuracy: ['val_accuracy'] });
  });

  test('code in one is refused by its name', async () => {
    const system = Buffer.from(
      '\u0080\u0002cos\nsystem\nq\u0000X\u0002\u0000\u0000\u0000lsq\u0001\u0085q\u0002R.',
      'latin1',
    );
    await expect(readLog(write('bad.pkl', system))).rejects.toThrow(
      /os\.system.*is code and not data/,
    );
  });
});

describe('packed by gzip', () => {
  const text = table(['epoch', 'val_acc'], (one) => [one.epoch, one.holdoutAccuracy]);

  test('a table, JSON Lines and text are read as they are', async () => {
    const json = CURVE.map(
      (one) => `${JSON.stringify({ epoch: one.epoch, val_acc: one.holdoutAccuracy })}\n`,
    );
    const lines = CURVE.map((one) => `Epoch ${one.epoch}: val_acc ${one.holdoutAccuracy}\n`);
    for (const content of [text, json.join(''), lines.join('')]) {
      const log = await readLog(write('log.gz', gzipSync(content)));
      expect(log.rows.map(({ holdoutAccuracy }) => holdoutAccuracy)).toEqual(accuracies);
    }
  });

  test('a pack that is still written gives what is there; a damaged one is refused', async () => {
    const packed = gzipSync(text.repeat(1));
    const log = await readLog(write('cut.csv.gz', packed.subarray(0, packed.length - 12)), {
      growing: true,
    });
    expect(log.rows.length).toBeGreaterThan(5);
    const changed = Buffer.from(packed);
    changed.fill(0xff, 20, 60);
    await expect(readLog(write('bad.csv.gz', changed))).rejects.toThrow(
      /packed by gzip, but damaged/,
    );
  });
});
