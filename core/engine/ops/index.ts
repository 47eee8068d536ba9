/** Every operation with a gradient; importing this registers the rules. */
export * from './bias-add.ts';
export * from './conv2d.ts';
export * from './cross-entropy.ts';
export * from './matmul.ts';
export * from './max-pool.ts';
export * from './relu.ts';
export * from './shape.ts';
