import type { Layer, Network } from './network.ts';

/**
 * The residual network for CIFAR of He, Zhang, Ren, Sun (2016), section 4.2: three stages of n
 * blocks of two 3 x 3 convolutions, 6n + 2 layers in all, with batch normalization and shortcuts
 * without parameters (option A). ResNet-20 has 269,722 parameters on 32 x 32 x 3.
 */
export const resnet: Network = {
  id: 'resnet',
  reads: ['widths', 'depth'],
  widths: [16, 32, 64],
  depth: 20,
  layers: ({ classes, widths, depth }) => {
    const blocks = (depth - 2) / 6;
    const stages = widths.flatMap((filters, stage) =>
      Array.from({ length: blocks }, (_, i) => {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        return block(`stage${stage + 1}.block${i + 1}`, filters, stride);
      }),
    );
    return [
      ...convolution('conv1', widths[0]!, 1, 'relu'),
      ...stages,
      { kind: 'averagePool' },
      { kind: 'dense', name: 'output', units: classes, activation: 'none' },
    ];
  },
};

/** A convolution and its normalization. */
function convolution(
  name: string,
  filters: number,
  stride: number,
  activation: 'relu' | 'none',
): Layer[] {
  return [
    {
      kind: 'conv',
      name,
      filters,
      kernel: 3,
      stride,
      padding: 'same',
      activation: 'none',
      bias: false,
      start: 'he',
    },
    { kind: 'batchNorm', name: `${name}.norm`, activation },
  ];
}

function block(name: string, filters: number, stride: number): Layer {
  return {
    kind: 'residual',
    body: [
      ...convolution(`${name}.conv1`, filters, stride, 'relu'),
      ...convolution(`${name}.conv2`, filters, 1, 'none'),
    ],
  };
}
