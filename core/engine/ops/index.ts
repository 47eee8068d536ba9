/** Every operation with a gradient; importing this registers the rules. */
export * from './activation.ts';
export * from './arithmetic.ts';
export * from './batch-norm.ts';
export * from './bias-add.ts';
export * from './cast.ts';
export * from './conv2d.ts';
export * from './cross-entropy.ts';
export * from './dense-cross-entropy.ts';
export * from './exponential.ts';
export * from './matmul.ts';
export * from './pad.ts';
export * from './pool.ts';
export * from './shape.ts';
export * from './sign-sum.ts';
export * from './softmax.ts';
