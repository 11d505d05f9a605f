/** bpmn-js, wrapped once: a diagram to look at, with what is active, taken and counted marked. The watermark stays. */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import './diagram.css';
import { COLOURS } from './colours';
import type { Linked } from './linked';
import { mark, reveal, type Canvas, type Marks } from './marks';
import { thaiTextModule } from './thaiText';

export type { Marks } from './marks';

interface Props {
  xml: string;
  name: string;
  marks: Marks;
  /** Begins large enough to read, at what is active, instead of with the whole diagram. */
  near?: boolean;
  /** Diagrams that are looked at together with this one. */
  linked?: Linked;
  /** what happens when an element is clicked; whoever gives it offers the same by keyboard elsewhere */
  onPick?: (id: string) => void;
}

const FONT = 'Sarabun, sans-serif';
const STEP = 1.25;
const READABLE = 0.92;
const AIR = 0.97;
/** Room above and below the drawing for the buttons and the watermark. */
const FRAME = 96;

interface Picked {
  element: { id: string };
}
interface EventBus {
  on: (event: string, listener: (event: Picked) => void) => void;
  off: (event: string, listener: (event: Picked) => void) => void;
}
type Ready = { viewer: NavigatedViewer; xml: string };

export default function Diagram({ xml, name, marks, near = false, linked, onPick }: Props) {
  const { language, t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState<Ready | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!place.current) return undefined;
    const viewer = new NavigatedViewer({
      container: place.current,
      textRenderer: { defaultStyle: { fontFamily: FONT, fontSize: 12 }, externalStyle: { fontSize: 11 } },
      // the wheel scrolls the page; the buttons zoom
      zoomScroll: { enabled: false },
      additionalModules: [thaiTextModule],
      bpmnRenderer: COLOURS,
    });
    let current = true;
    setReady(null);
    setFailed(false);
    open(viewer, xml).then(
      () => current && setReady({ viewer, xml }),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
      viewer.destroy();
    };
  }, [xml]);

  useEffect(() => {
    if (ready?.xml === xml) mark(ready.viewer, marks, language);
  }, [ready, xml, marks, language]);

  useEffect(() => {
    if (ready?.xml !== xml || !onPick) return undefined;
    const bus = ready.viewer.get<EventBus>('eventBus');
    // a name beside its shape stands for it
    const picked = ({ element }: Picked) => onPick(element.id.replace(/_label$/, ''));
    bus.on('element.click', picked);
    return () => bus.off('element.click', picked);
  }, [ready, xml, onPick]);

  const active = marks.active[0];
  useEffect(() => {
    if (ready?.xml !== xml) return;
    const canvas = ready.viewer.get<Canvas>('canvas');
    if (place.current)
      place.current.style.height = near || linked ? '' : frameHeight(canvas, place.current.clientWidth);
    canvas.resized();
    fit(canvas);
    if (near && canvas.zoom() < READABLE) canvas.zoom(READABLE);
  }, [ready, xml, near, linked]);

  useEffect(() => (ready?.xml === xml ? linked?.join(ready.viewer) : undefined), [ready, xml, linked]);

  useEffect(() => {
    if (near && active && ready?.xml === xml) reveal(ready.viewer, active);
  }, [ready, xml, near, active]);

  function zoom(how: 'in' | 'out' | 'fit') {
    if (!ready) return;
    const canvas = ready.viewer.get<Canvas>('canvas');
    if (how === 'fit') fit(canvas);
    else canvas.zoom(canvas.zoom() * (how === 'in' ? STEP : 1 / STEP), 'auto');
  }

  if (failed) return <p className="notice danger">{t('diagram.failed')}</p>;
  return (
    <div className="diagram" role="group" aria-label={t('diagram.label', { name })}>
      <div ref={place} className="diagram-canvas" />
      <div className="diagram-buttons">
        <Button small onPress={() => zoom('in')} aria-label={t('diagram.zoomIn')}>
          +
        </Button>
        <Button small onPress={() => zoom('out')} aria-label={t('diagram.zoomOut')}>
          −
        </Button>
        <Button small onPress={() => zoom('fit')}>
          {t('diagram.fit')}
        </Button>
      </div>
    </div>
  );
}

/** As high as the whole drawing is when it takes the width, within what a window can show. */
function frameHeight(canvas: Canvas, width: number): string {
  const { inner } = canvas.viewbox();
  const height = inner && inner.width > 0 ? (width * inner.height) / inner.width : 0;
  return `clamp(16rem, ${Math.round(height + FRAME)}px, 80vh)`;
}

/** The whole diagram, with a little air around it. */
function fit(canvas: Canvas): void {
  canvas.zoom('fit-viewport', 'auto');
  canvas.zoom(canvas.zoom() * AIR, 'auto');
}

/** Labels are measured when they are drawn: the letters must be there before. */
async function open(viewer: NavigatedViewer, xml: string): Promise<void> {
  await Promise.all(['ก', 'A'].map((letter) => document.fonts.load(`12px ${FONT}`, letter)));
  await viewer.importXML(xml);
}
