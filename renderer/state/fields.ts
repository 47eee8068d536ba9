import { allowedBy } from '../../core/contract/config/fields.ts';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { catalogue, strictSchema } from '../words/catalogue.ts';
import { t, words } from '../words/texts.ts';

/** What is wrong, by field: `training.batch` to a sentence. */
export type FieldErrors = Partial<Record<string, string>>;

/** Checks a config as files and the command line are checked; its kinds once the core has told them. */
export function fieldErrors(config: Config): FieldErrors {
  const schema = catalogue().noises.length > 0 ? strictSchema() : ConfigSchema;
  const outcome = schema['~standard'].validate(config);
  if (outcome instanceof Promise || !outcome.issues) return {};
  const errors: FieldErrors = {};
  for (const issue of outcome.issues) {
    const path = (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.');
    const allowed = allowedBy(issue);
    errors[path] ??= allowed
      ? t('lab.fields.needs', { allowed: words(allowed) })
      : t('lab.fields.needsNumber');
  }
  return errors;
}

/** Whether a stored value is a whole, valid Config. */
export function isConfig(value: unknown): value is Config {
  const outcome = ConfigSchema['~standard'].validate(value);
  return !(outcome instanceof Promise) && !outcome.issues;
}
