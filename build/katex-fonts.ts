/** Of KaTeX's fonts only WOFF2 is bundled: Chromium never asks for the other formats, which are 0.9 MB. */
import type { Plugin } from 'vite';

const OTHERS = /,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g;

/** For the window's style sheets. */
export const katexFonts = (): Plugin => ({
  name: 'katex-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!/katex[\\/]dist[\\/]katex\.min\.css/.test(id)) return null;
    if (!OTHERS.test(code)) throw new Error(`${id} has changed; see which fonts it asks for.`);
    return { code: code.replace(OTHERS, ''), map: null };
  },
});
