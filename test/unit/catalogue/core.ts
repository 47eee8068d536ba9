/** What the proof looks at, in one bundle with made-up kinds in it. */
import { program } from '../../../core/cli/program.ts';

export * from '../../../build/guide/core.ts';
export { optionKey } from '../../../renderer/words/fields.ts';
export { CatalogueSchema } from '../../../core/contract/messages/catalogue.ts';
export { parseConfig } from '../../../core/kinds/read.ts';
export { LANGUAGES, languageOf, textsIn } from '../../../core/contract/words/texts.ts';
export { corrupt } from '../../../core/noise/index.ts';
export { candidatesOf } from '../../../core/stopping/rules/index.ts';
export { reportText } from '../../../core/report/index.ts';

/** The help of a command. */
export async function helpOf(name: string): Promise<string> {
  const { commands } = await program((asked) => asked === name);
  const command = commands.find((one) => one.name() === name)!;
  let text = '';
  command.configureOutput({ writeOut: (more) => (text += more) });
  command.outputHelp();
  return text;
}
