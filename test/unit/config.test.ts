import { describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { applySettings, parseConfig } from '../../core/kinds/read.ts';

import { dataSettings, findConfig } from '../../core/cli/places.ts';
import { InputError } from '../../core/contract/words/errors.ts';

const good = presets()[0]!.config;
const set = (...settings: string[]) => parseConfig(applySettings(good, settings), 'file.json');

describe('a config', () => {
  test('takes settings as JSON or text', () => {
    const config = set('training.epochs=3', 'name=My run', 'noise.kind=pair', 'noise.rate=0.25');
    expect(config.training.epochs).toBe(3);
    expect(config.name).toBe('My run');
    expect(config.noise).toMatchObject({ kind: 'pair', rate: 0.25, seed: 0 });
    expect(good.training.epochs).toBe(40);
  });

  test.each([
    ['training.epochs=0', /^file\.json: training\.epochs is 0; .*whole number from 1 to 50,000/],
    ['training.epochs=1.5', /training\.epochs is 1\.5; .*whole number/],
    ['training.epochs="3"', /training\.epochs is "3"; it must be number/],
    ['noise.rate=1.2', /noise\.rate is 1\.2; it must be a number from 0 to 1/],
    ['noise.kind=odd', /noise\.kind is "odd"; it must be one of "none", "symmetric", .*"pair"/],
    ['training.learningRate=0', /training\.learningRate is 0; .*above 0/],
    ['network.preset=vgg', /network\.preset is "vgg"/],
    ['data.source=', /data\.source is ""/],
  ])('%s is refused', (setting, message) => {
    expect(() => set(setting)).toThrow(message);
  });

  test('unknown and missing fields are named', () => {
    expect(() => parseConfig({ ...good, extra: 1 }, 'a.json')).toThrow(
      /a\.json: extra is not a field/,
    );
    const { noise: _noise, ...rest } = good;
    expect(() => parseConfig(rest, 'a.json')).toThrow(/noise is missing/);
    expect(() => parseConfig(null, 'a.json')).toThrow(/a\.json: the config is null/);
  });

  test('settings that lead nowhere are refused', () => {
    expect(() => set('training.speed=1')).toThrow(/no field speed; the fields are optimizer/);
    expect(() => set('training.epochs.x=1')).toThrow(/epochs has no fields/);
    expect(() => set('epochs')).toThrow(/write path=value/);
    expect(() => set('__proto__.polluted=1')).toThrow(/no field __proto__/);
  });
});

describe('a preset for data that the person brings', () => {
  test('needs them', () => {
    const asked = () => findConfig('cifar-sample', []);
    expect(asked).toThrow(InputError);
    expect(asked).toThrow(/needs your copy of CIFAR-10; give its file or folder with --data/);
  });

  test('takes them and the labels from options, whose noise is all there is', () => {
    const options = {
      data: '/data/cifar 10.tar.gz',
      labels: '/data/7',
      labelsField: 'worse_label',
    };
    const { data, noise } = findConfig('cifar-sample', dataSettings(options));
    expect(data.source).toBe('/data/cifar 10.tar.gz');
    expect(data.reading).toMatchObject({ labelsFile: '/data/7', labelsField: 'worse_label' });
    expect(noise.kind).toBe('none');
    const more = [...dataSettings(options), 'noise.kind=pair'];
    expect(findConfig('cifar-sample', more).noise.kind).toBe('pair');
  });

  test('trains on other data with the noise of the config', () => {
    const { data, noise } = findConfig('mnist-quick', dataSettings({ data: '/data/set' }));
    expect([data.source, noise.kind]).toEqual(['/data/set', 'symmetric']);
  });
});

test('a list of numbers may be written with commas, and one of one number as that', () => {
  const widths = (text: string) => set(`network.widths=${text}`).network.widths;
  expect(widths('8,16, 400,400')).toEqual([8, 16, 400, 400]);
  expect(widths('[8,16,400,400]')).toEqual([8, 16, 400, 400]);
  expect(() => widths('8,,16')).toThrow(/network\.widths is "8,,16"/);
  expect(set('name=1,2').name).toBe('1,2');
});

test('a share may be written in percent', () => {
  expect(set('noise.rate=30%').noise.rate).toBe(0.3);
  expect(set('noise.rate=12.5%').noise.rate).toBe(0.125);
  expect(() => set('noise.rate=130%')).toThrow(/noise\.rate is 1\.3/);
  expect(set('name=30%').name).toBe('30%');
});
