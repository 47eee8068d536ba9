/** The headline before training: what is wrong with the labels, by what, or that nobody knows. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import preset from '../../assets/presets/mnist-quick.json';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { CATALOGUE } from '../../core/api/catalogue.ts';
import { chooseFrom } from '../../renderer/words/catalogue.ts';
import { beforeStory, wrongSentence } from '../../renderer/words/sentences.ts';

chooseFrom(() => CATALOGUE);
const config = v.parse(ConfigSchema, preset);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('before training', () => {
  expect(plain(beforeStory(config).headline)).toBe(
    'Train LeNet on 5,000 MNIST samples, 40% of them mislabelled',
  );
  const own = { ...config, data: { ...config.data, source: '/a/birds', labelsAreTrue: false } };
  const none = { ...own, noise: { ...own.noise, kind: 'none' as const } };
  const headline = (of: Config, facts: Parameters<typeof beforeStory>[1] = null) =>
    plain(beforeStory(of, facts).headline);
  expect(headline(none)).toBe('Train LeNet on 5,000 birds samples, labelled as on disk');
  expect(headline(own)).toBe(
    'Train LeNet on 5,000 birds samples, with 40% symmetric noise on top of the labels on disk',
  );
  const reading = { ...own.data.reading, labelsFile: '/a/human.pt', labelsField: 'worse' };
  const known = { wrongOnDisk: 2010, wrongShare: 0.402 };
  expect(headline({ ...none, data: { ...none.data, reading } }, known)).toBe(
    'Train LeNet on 5,000 birds samples: 40.2% of the labels are wrong, according to human.pt worse',
  );
  expect(headline(own, { wrongOnDisk: 2010, wrongShare: 0.643 })).toBe(
    'Train LeNet on 5,000 birds samples: 64.3% of the labels are wrong, by errors on disk and 40% symmetric noise on top',
  );
  expect(wrongSentence({ wrong: 1812, total: 5000 }, { past: false, labelsAreTrue: true })).toBe(
    '1,812 of 5,000 labels will be wrong',
  );
});
