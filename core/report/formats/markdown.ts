import { basename, extname } from 'node:path';
import type { DocumentFormat } from '../format.ts';
import { documentMarkdown } from '../markdown.ts';

/** Text for a repository or a notebook, with its charts as pictures beside it. */
export const markdown: DocumentFormat = {
  id: 'md',
  extension: 'md',
  write: (document, name) => {
    const { text, pictures } = documentMarkdown(document, basename(name, extname(name)));
    return [{ name, text }, ...pictures];
  },
};
