// @ts-check
/** Tables of the reference pages, made from the core's catalogue. */

/** @typedef {typeof import('./core.ts')} Core */
/** @typedef {import('../../core/contract/catalogue/field.ts').Field} Field */
/** @typedef {import('../../core/contract/catalogue/kinds.ts').KindFace} KindFace */

/** @param {readonly string[]} ids */
const coded = (ids) => ids.map((id) => `\`${id}\``).join(', ');

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/**
 * Every field of a config, and every kind that one may name.
 * @param {Core} core
 * @param {Map<string, string>} meanings of fields, by the end of their path
 */
export function configReference(core, meanings) {
  const { CATALOGUE, configFields, trainingKinds } = core;
  const { noises, networks, optimizers, losses, schemes } = CATALOGUE;
  const readers = { noise: noises, network: networks, training: trainingKinds(CATALOGUE) };
  const rows = [...configFields(CATALOGUE)].map(([path, field]) => {
    const [part = '', ...rest] = path.split('.');
    const all = /** @type {Record<string, KindFace[]>} */ (readers)[part] ?? [];
    const by = all.filter(({ reads }) => reads.includes(rest.join('.'))).map(({ id }) => id);
    const told = meanings.get(path.split('.').slice(-2).join('.')) ?? '';
    const read = by.length > 0 && by.length < all.length ? `Read by ${coded(by)}.` : '';
    const initial = field.initial === undefined ? '' : `\`${JSON.stringify(field.initial)}\``;
    return [`\`${path}\``, valuesOf(core, field), initial, [told, read].filter(Boolean).join(' ')];
  });
  return [
    table(['field', 'value', 'default', 'meaning'], rows),
    '## Kinds',
    kindTable(core, 'noise.kind', noises, 'noise.kinds', 'noise.meanings'),
    kindTable(core, 'network.preset', networks, 'networks.titles'),
    kindTable(core, 'training.optimizer', optimizers, 'optimizers'),
    kindTable(core, 'training.loss', losses, 'losses'),
    kindTable(core, 'training.scheme', schemes, 'schemes'),
  ].join('\n\n');
}

/**
 * @param {Core} core @param {string} path @param {readonly KindFace[]} kinds
 * @param {string} names the texts with their names @param {string} [meanings]
 */
function kindTable({ inEnglish, textFor }, path, kinds, names, meanings) {
  return table(
    [`\`${path}\``, 'name', 'reads', ...(meanings ? ['meaning'] : [])],
    kinds.map(({ id, reads, ...face }) => [
      `\`${id}\``,
      textFor(inEnglish, `${names}.${id}`, 'depth' in face ? { depth: String(face.depth) } : {}),
      coded(reads),
      ...(meanings ? [textFor(inEnglish, `${meanings}.${id}`, {}, '')] : []),
    ]),
  );
}

/** Everything else that there is to choose from. @param {Core} core */
export function choicesReference(core) {
  const { CATALOGUE, inEnglish, inWords, LANGUAGES, TEXTS, textFor } = core;
  const { reports, exports, labelFormats, figures, figureFormats, readers, logs, rules } =
    CATALOGUE;
  /** @param {string} room @param {readonly { id: string }[]} all */
  const named = (room, all) =>
    all.map(({ id }) => [`\`${id}\``, textFor(inEnglish, `${room}.${id}`)]);
  return [
    '## Formats',
    table(['report', 'what it is'], named('report.formats', reports)),
    table(['export', 'what it is'], named('export.formats', exports)),
    table(['audited labels', 'what it is'], named('audit.formats', labelFormats)),
    table(['file of a figure', 'what it is'], named('figures.formats', figureFormats)),
    table(['log', 'what it is'], named('log.formats', logs)),
    table(
      ['data set', 'what it is', 'fields of `data.reading` that it takes'],
      readers.map(({ id, format, uses }) => [`\`${id}\``, inWords(format, inEnglish), coded(uses)]),
    ),
    table(['rule', 'name'], named('verdict.rules', rules)),
    table(
      ['language', 'name'],
      LANGUAGES.map((one) => [`\`${one}\``, TEXTS[one].language.name]),
    ),
    '## Figures',
    ...figures.map(({ id, fields, sizes }) => {
      const name = textFor(inEnglish, `paper.figures.${id}.title`, {}, id);
      const rows = fields.map((field) => [
        `\`${field.id}\``,
        valuesOf(core, field),
        ...sizes.map(({ settings }) => `\`${JSON.stringify(settings[field.id])}\``),
      ]);
      const head = ['field', 'value', ...sizes.map((size) => `size \`${size.id}\``)];
      return `### \`${id}\`: ${name}\n\n${table(head, rows)}`;
    }),
  ].join('\n\n');
}

/** What a field takes. @param {Core} core @param {Field} field @returns {string} */
function valuesOf({ isWhole }, field) {
  switch (field.kind) {
    case 'number': {
      const kind = isWhole(field) ? 'whole number' : 'number';
      return field.above
        ? `${kind} above ${field.min}, at most ${field.max}`
        : `${kind}, ${field.min} to ${field.max}`;
    }
    case 'numbers':
      return `list: ${field.whole ? 'whole number' : 'number'}, ${field.min} to ${field.max}`;
    case 'choice':
      return coded(field.options);
    case 'flag':
      return '`true` or `false`';
    case 'data':
      return `${coded(field.builtIn)}, or the path of a file or folder`;
    case 'class':
      return 'class: its name or number';
    case 'classes':
      return 'list: classes';
    case 'groups':
      return 'list: lists of classes';
    case 'matrix':
      return 'list: lists of shares, 0 to 1';
    default:
      return 'text';
  }
}
