import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Files that people read: short enough for a screen or four. */
const size = { 'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }] };

/** What writes, besides removing: one door sees to it that files are whole. */
const WRITERS = [
  'appendFile',
  'appendFileSync',
  'copyFile',
  'copyFileSync',
  'cpSync',
  'createWriteStream',
  'mkdir',
  'mkdirSync',
  'openSync',
  'rename',
  'renameSync',
  'truncateSync',
  'writeFile',
  'writeFileSync',
  'writeSync',
];
const message = 'Write by core/disk/write.ts: whole files, or none.';
const byTheDoor = ['node:fs', 'node:fs/promises'].map((name) => ({
  name,
  importNames: WRITERS,
  message,
}));

export default ts.config(
  { ignores: ['dist/', 'release/', 'runs/', 'output/', '.setup/', 'coverage/'] },
  ...ts.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...size,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: ['core/**/*.ts', 'electron/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['core/**/*.ts', 'electron/**/*.ts'],
    // A claim, what only reads, caches that check themselves, and stdout.
    ignores: [
      'core/disk/**',
      'core/run-folder/lock.ts',
      'core/data/tree/**',
      'core/data/pictures/**',
      'core/terminal/streams.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { paths: byTheDoor }] },
  },
  ...svelte.configs.recommended,
  {
    files: ['renderer/**/*.svelte', 'renderer/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // $props() is declared with let; the plugin's own rule knows that.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // A Set or Map that lives for one call needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['renderer/**'],
    languageOptions: { globals: globals.browser },
    // What comes from data is put into text and attributes only.
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  { files: ['build/**', '*.js', '*.cjs', '*.ts'], languageOptions: { globals: globals.node } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
