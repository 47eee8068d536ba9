import { basename, extname } from 'node:path';
import type { ReportFormat } from '../format.ts';
import { documentMarkdown } from '../markdown.ts';
import { storedDocument } from '../stored.ts';

/** Text for a repository or a notebook, with its charts as pictures beside it. */
export const markdown: ReportFormat = {
  id: 'md',
  extension: 'md',
  files: (runs, language, name) => {
    const stem = basename(name, extname(name));
    const { text, pictures } = documentMarkdown(storedDocument(runs, language), stem);
    return [{ name, text }, ...pictures];
  },
};
