/** A picture, decoded into a canvas: what is no picture (a page, a drawing with script in it) is not shown. */
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../i18n';

/** pixels of one side; larger pictures are drawn smaller */
const LARGEST_SIDE = 4096;

export function Picture({ file, name }: { file: Blob; name: string }) {
  const { t } = useI18n();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let shown = true;
    createImageBitmap(file).then(
      (picture) => {
        const place = canvas.current;
        if (shown && place) draw(picture, place);
        picture.close();
      },
      () => shown && setFailed(true),
    );
    return () => {
      shown = false;
    };
  }, [file]);
  if (failed) return <p className="notice warn">{t('files.unreadable')}</p>;
  return (
    <div className="file-stage" role="img" aria-label={name}>
      <canvas ref={canvas} />
    </div>
  );
}

function draw(picture: ImageBitmap, place: HTMLCanvasElement): void {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  place.width = Math.max(1, Math.round(picture.width * scale));
  place.height = Math.max(1, Math.round(picture.height * scale));
  place.getContext('2d')?.drawImage(picture, 0, 0, place.width, place.height);
}
