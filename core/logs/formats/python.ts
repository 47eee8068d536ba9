/** What `print(history.history)` writes: a Python dict, which is no JSON. */
import { InputError } from '../../contract/words/errors.ts';
import { documentTable } from '../document.ts';
import type { LogFormat } from '../format.ts';
import { logIn } from '../json-shapes.ts';
import { pythonValue } from '../python-literal.ts';
import { textHead, wholeText } from '../source.ts';

const BEGINS =
  /^\s*(?:[A-Za-z_][\w.]*\s*=\s*)?(?:(?:collections\.)?(?:defaultdict|OrderedDict)\([^{[]*)?[{[]\s*['"{]/;
/** A list, or a dict below a key: more than the lines that Hugging Face prints. */
const HOLDS_MORE = /['"]\s*:\s*(?:\w+\()?[[{]/;

/** A dict or list as Python writes it. */
export const pythonFormat: LogFormat = {
  id: 'python',
  namesIn(file) {
    const text = textHead(file);
    if (text === null || !BEGINS.test(text)) return null;
    const isWhole = file.head.length >= file.size && !file.packed;
    const value = pythonValue(text);
    if (value === undefined) return !isWhole && HOLDS_MORE.test(text.slice(0, 2000)) ? [] : null;
    const found = logIn(value);
    return found ? [...new Set(found.rows.flatMap(Object.keys))] : null;
  },
  async read([file], { wanted }) {
    const value = pythonValue(await wholeText(file));
    if (value === undefined) throw new InputError('log.badPython', { where: file.path });
    return documentTable(value, file.path, wanted, 'Python dict');
  },
};
