/** The pages of a PDF file, one at a time; a screen reader is given the text of the page. */
import { useEffect, useRef, useState } from 'react';
import { localDigits } from '../dates/format';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { Loading } from '../ui/Loading';
import { openPdf, type Pdf } from './pdf';

const ZOOMS = [1, 1.5, 2, 3];
const LEAST_WIDTH = 280;

export default function PdfView({ file, name }: { file: Blob; name: string }) {
  const { language, t } = useI18n();
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [failed, setFailed] = useState(false);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(0);
  const [text, setText] = useState('');

  useEffect(() => {
    let opened: Pdf | null = null;
    let left = false;
    openPdf(file).then(
      (found) => {
        opened = found;
        if (left) found.close();
        else setPdf(found);
      },
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
      opened?.close();
    };
  }, [file]);
  useEffect(() => {
    if (!pdf || !canvas.current || !stage.current) return undefined;
    const stop = new AbortController();
    const width = Math.max(LEAST_WIDTH, stage.current.clientWidth) * (ZOOMS[zoom] ?? 1);
    canvas.current.style.width = `${width}px`;
    pdf.draw(page, width, canvas.current, stop.signal).then(
      (found) => !stop.signal.aborted && setText(found),
      () => !stop.signal.aborted && setFailed(true),
    );
    return () => stop.abort();
  }, [pdf, page, zoom]);

  const pages = pdf?.pages ?? 1;
  // a button that cannot be pressed any more would take the focus with it
  const keepFocus = (atEnd: boolean) => atEnd && stage.current?.focus();
  function toPage(next: number): void {
    setPage(next);
    keepFocus(next === 1 || next === pages);
  }
  function toZoom(next: number): void {
    setZoom(next);
    keepFocus(next === 0 || next === ZOOMS.length - 1);
  }

  if (failed) return <p className="notice warn">{t('files.unreadable')}</p>;
  const where = { page: localDigits(String(page), language), total: localDigits(String(pages), language) };
  return (
    <>
      <div className="row file-pages">
        <Button small isDisabled={page <= 1} onPress={() => toPage(page - 1)}>
          {t('files.before')}
        </Button>
        <span role="status">{pdf && t('files.page', where)}</span>
        <Button small isDisabled={page >= pages} onPress={() => toPage(page + 1)}>
          {t('files.after')}
        </Button>
        <Button small isDisabled={zoom === 0} onPress={() => toZoom(zoom - 1)}>
          {t('files.smaller')}
        </Button>
        <Button small isDisabled={zoom === ZOOMS.length - 1} onPress={() => toZoom(zoom + 1)}>
          {t('files.larger')}
        </Button>
      </div>
      {!pdf && <Loading />}
      {/* scrolled by keyboard, too */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={stage} className="file-stage" tabIndex={0} role="group" aria-label={name}>
        <canvas ref={canvas} aria-hidden="true" />
        <p className="visually-hidden">{text}</p>
      </div>
    </>
  );
}
