/** SVG as text becomes nodes: its texts were escaped, and as nodes nothing in it could run anyway. */
import type { Attachment } from 'svelte/attachments';

/** Fills an element with a drawing. */
export function filledWith(svg: string | undefined): Attachment<HTMLElement> {
  return (element) => {
    if (svg === undefined) return;
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    element.replaceChildren(document.importNode(documentElement, true));
  };
}
