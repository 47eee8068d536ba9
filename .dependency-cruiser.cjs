/** Which room may import which: the arrows of the design, held by a tool. */
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** The window's floors; one imports only those on its left. */
const FLOORS = ['words', 'parts', 'chart', 'state', 'places', 'frame'];

/** What the rail leads to: a place knows of no other. */
const PLACES = ['lab', 'log', 'runs', 'paper', 'labels', 'data', 'help'];

/** The line from data to what people see; a room imports only rooms on its left. */
const CORE_LINE = [
  'machine',
  'disk',
  'csv',
  'data',
  'noise',
  'models',
  'engine',
  'kinds',
  'training',
  'theory',
  'stopping',
  'labels',
  'logs',
  'review',
  'run-folder',
  'run-archive',
  'report',
  'audit',
  'export',
  'runs',
  'sweep',
  'figures',
  'api',
  'terminal',
  'cli',
];

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle has no lower end to test first.', {}, { circular: true }),
    rule(
      'renderer-sees-the-contract',
      'The window knows the core by what they share; how it is bundled is no part of it.',
      { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
      { path: '^(core|electron|test|build)/', pathNot: '^core/contract/' },
    ),
    rule(
      'electron-sees-the-contract',
      'The main process only relays messages, writes by the one door, and tells errors as the core does.',
      { path: '^electron/' },
      { path: '^(core|renderer|test|build)/', pathNot: '^core/(contract|disk)/' },
    ),
    rule(
      'core-stands-alone',
      'The core runs without Electron and without a page.',
      { path: '^core/' },
      { path: '^(electron|renderer|test|build)/|node_modules/(electron|svelte|chart\\.js)/' },
    ),
    rule(
      'contract-is-a-leaf',
      'What window, main process and core share knows none of them.',
      { path: '^core/contract/' },
      { path: '^(core|electron|renderer)/', pathNot: '^core/contract/' },
    ),
    ...['words', 'catalogue', 'config', 'messages', 'drawing'].map((room, i, rooms) =>
      rule(
        `contract-${room}-looks-down`,
        'Words are on the ground; fields and configs are told in them, messages carry all, and drawings show messages.',
        { path: `^core/contract/${room}/` },
        { path: `^core/contract/(${rooms.slice(i + 1).join('|') || 'none'})/` },
      ),
    ),
    rule(
      'nothing-imports-the-ends',
      'Command line and process are where a program begins.',
      { path: '^core/', pathNot: '^core/(cli/|process\\.ts$)' },
      { path: '^core/(cli/|process\\.ts$)' },
    ),
    ...CORE_LINE.slice(0, -1).map((room, i) =>
      rule(
        `${room}-looks-down`,
        'Inside the core imports run from the command line down to the data.',
        { path: `^core/${room}/` },
        { path: `^core/(${CORE_LINE.slice(i + 1).join('|')})/` },
      ),
    ),
    ...FLOORS.map((floor, i) =>
      rule(
        `window-${floor}-looks-down`,
        'Words and parts know nothing of what they show; places are told by state, and App frames them.',
        { path: `^renderer/${floor}/` },
        {
          path: `^renderer/(${[...FLOORS.slice(i + 1).map((one) => `${one}/`), 'App', 'main'].join('|')})`,
        },
      ),
    ),
    ...PLACES.map((place) =>
      rule(
        `${place}-stands-alone`,
        'What two places use lies on a floor below them.',
        { path: `^renderer/places/${place}/` },
        { path: '^renderer/places/', pathNot: `^renderer/places/${place}/` },
      ),
    ),
    rule(
      'only-what-is-declared',
      'What is not in package.json may be gone tomorrow.',
      { path: '^(core|electron|renderer|build)/' },
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'],
        pathNot: '^(virtual|node:)',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|runs|output)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.json'] },
  },
};
