/** The largest of many products a row, exactly, without sorting through all of them. */
import type { Tensor2D } from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../engine/tensorflow.ts';

/** The largest products of each row, the largest first; of equal ones the first column first. */
export interface TopProducts {
  /** rows x count. */
  values: Float32Array;
  /** Columns: rows x count. */
  columns: Int32Array;
  count: number;
}

/** Vectors that products are made with, in groups of so many. */
export interface GroupedColumns {
  main: Tensor2D;
  /** Those that are left over; fewer than a group. */
  rest: Tensor2D | null;
  group: number;
}

/** Fewer columns are sorted through faster than they are grouped. */
const FEW = 10_000;

/**
 * Puts vectors into groups. Whatever is among the largest products of a row lies in one of as many groups,
 * those with the largest ones: so groups are sorted by their largest, and then what lies in these.
 * @param count of the largest that will be asked for
 */
export function groupColumns(
  tf: TensorFlow,
  vectors: Float32Array,
  size: number,
  count: number,
): GroupedColumns {
  const all = vectors.length / size;
  // As many groups as there is in those that are count into: the least to sort.
  const group = all < FEW ? 1 : Math.max(1, Math.floor(Math.sqrt(all / count)));
  const grouped = all - (all % group);
  const tensor = (from: number, to: number) =>
    tf.tensor2d(vectors.subarray(from * size, to * size), [to - from, size]);
  return { main: tensor(0, grouped), rest: grouped < all ? tensor(grouped, all) : null, group };
}

/** The largest products of vectors with columns. @param vectors rows x size */
export function topProducts(
  tf: TensorFlow,
  vectors: Tensor2D,
  grouped: GroupedColumns,
  count: number,
): TopProducts {
  if (grouped.group > 1) return topOfGroups(tf, vectors, grouped, count);
  const found = tf.tidy(() => {
    const { values, indices } = tf.topk(tf.matMul(vectors, grouped.main, false, true), count);
    return { values: values.dataSync<'float32'>(), columns: indices.dataSync<'int32'>() };
  });
  return { ...found, count };
}

function topOfGroups(
  tf: TensorFlow,
  vectors: Tensor2D,
  { main, rest, group }: GroupedColumns,
  count: number,
): TopProducts {
  const [rows] = vectors.shape;
  const groups = main.shape[0] / group;
  const found = tf.tidy(() => {
    const products = tf.matMul(vectors, main, false, true);
    const best = tf.topk(tf.max(products.reshape([rows, groups, group]), 2), count).indices;
    // In their order, so that of equal products the first column stays first.
    const inOrder = tf.neg(tf.topk(tf.neg(best), count).values).toInt();
    const firsts = tf.mul(
      tf.range(0, rows, 1, 'int32').reshape([rows, 1]),
      tf.scalar(groups, 'int32'),
    );
    const places = tf.add(inOrder, firsts).reshape([rows * count]);
    const among = tf.gather(products.reshape([rows * groups, group]), places.toInt());
    const looks = among.reshape([rows, count * group]);
    const all = rest ? tf.concat([looks, tf.matMul(vectors, rest, false, true)], 1) : looks;
    const top = tf.topk(all, count);
    return {
      values: top.values.dataSync<'float32'>(),
      indices: top.indices.dataSync<'int32'>(),
      groups: inOrder.dataSync<'int32'>(),
    };
  });
  const columns = found.indices.map((at, i) => {
    if (at >= count * group) return groups * group + at - count * group;
    const row = Math.floor(i / count);
    return found.groups[row * count + Math.floor(at / group)]! * group + (at % group);
  });
  return { values: found.values, columns, count };
}
