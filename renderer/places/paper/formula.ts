/** Formulas, set by KaTeX with fonts that come along. */
import type { Attachment } from 'svelte/attachments';

/** Sets a formula in TeX into an element; KaTeX is loaded when the first one is. */
export function formula(tex: string): Attachment<HTMLElement> {
  return (element) => {
    let isGone = false;
    void load().then((katex) => {
      // As nodes, since the window's policy refuses styles in markup.
      if (!isGone) katex.render(tex, element, { throwOnError: false });
    });
    return () => void (isGone = true);
  };
}

async function load(): Promise<(typeof import('katex'))['default']> {
  const [{ default: katex }] = await Promise.all([
    import('katex'),
    import('katex/dist/katex.min.css'),
  ]);
  return katex;
}
