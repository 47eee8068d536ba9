/** Prints a report's page as PDF: off screen, without a display, a script or a network. */
import { pathToFileURL } from 'node:url';
import { BrowserWindow } from 'electron';
import { writeWhole } from '../core/disk/write.ts';

/** What is printed, and where to. */
export interface PrintJob {
  /** An HTML file of our own. */
  page: string;
  path: string;
}

/** In inches: room for the numbers of pages below. */
const MARGINS = { top: 0.6, bottom: 0.75, left: 0.6, right: 0.6 };

const PAGE_NUMBER =
  '<div style="width:100%;font:9px sans-serif;color:#555;text-align:center">' +
  '<span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/**
 * Writes the page as a tagged PDF with an outline; title and language are the page's.
 * @throws Error where it cannot be read, printed or written
 */
export async function printReport({ page, path }: PrintJob): Promise<void> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { offscreen: true, sandbox: true, contextIsolation: true, javascript: false },
  });
  const { session } = window.webContents;
  const own = pathToFileURL(page).href;
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: url !== own && !url.startsWith('data:') }),
  );
  await window.loadURL(own);
  const bytes = await window.webContents.printToPDF({
    pageSize: 'A4',
    printBackground: true,
    margins: MARGINS,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: PAGE_NUMBER,
  });
  writeWhole(path, bytes);
}
