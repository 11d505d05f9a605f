/**
 * PDF files drawn by pdf.js: pages as pictures (with stamps and what is filled in) and as text. Its layers of links, form
 * fields and scripts are not there at all.
 */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = worker;
/** pixels of one side of what is drawn */
const LARGEST_SIDE = 4096;

export interface Pdf {
  pages: number;
  /** Draws a page as wide as `width` (CSS pixels) and resolves to the text on it; an aborted drawing rejects. */
  draw: (page: number, width: number, place: HTMLCanvasElement, signal: AbortSignal) => Promise<string>;
  close: () => void;
}

export async function openPdf(file: Blob): Promise<Pdf> {
  const loading = getDocument({
    data: new Uint8Array(await file.arrayBuffer()),
    // nothing is compiled at run time, and nothing but the file is read
    useWasm: false,
    enableXfa: false,
    stopAtErrors: false,
    useWorkerFetch: false,
  });
  const document = await loading.promise;
  return {
    pages: document.numPages,
    draw: (page, width, place, signal) => drawPage(document, page, width, place, signal),
    close: () => void loading.destroy(),
  };
}

async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  width: number,
  place: HTMLCanvasElement,
  signal: AbortSignal,
): Promise<string> {
  const page = await document.getPage(number);
  const whole = page.getViewport({ scale: 1 });
  const wanted = (width * (window.devicePixelRatio || 1)) / whole.width;
  const viewport = page.getViewport({ scale: Math.min(wanted, LARGEST_SIDE / Math.max(whole.width, whole.height)) });
  signal.throwIfAborted();
  place.width = Math.floor(viewport.width);
  place.height = Math.floor(viewport.height);
  const drawing = page.render({ canvas: place, viewport });
  signal.addEventListener('abort', () => drawing.cancel());
  await drawing.promise;
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}
