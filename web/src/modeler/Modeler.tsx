/** The modeler of bpmn-js, wrapped once: a diagram that is drawn and changed. The watermark stays. */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import BpmnModeler from 'bpmn-js/lib/Modeler';
import behaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import { useEffect, useRef, useState } from 'react';
import { COLOURS } from '../diagram/colours';
import { thaiTextModule } from '../diagram/thaiText';
import { useI18n } from '../i18n';
import { Loading } from '../ui/Loading';
import { clipboardModule } from './clipboard';
import { Editor } from './editor';
import { PACKAGES } from './moddle';
import './modeler.css';
import { translator } from './words';

interface Props {
  /** As it is opened; what is changed since is in the editor. */
  xml: string;
  name: string;
  /** Told once the diagram is open, and with null when it is closed. */
  onOpen: (editor: Editor | null) => void;
}

const FONT = 'Sarabun, sans-serif';

export default function Modeler({ xml, name, onOpen }: Props) {
  const { language, t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'opening' | 'open' | 'failed'>('opening');
  const spoken = useRef(language);
  const opened = useRef<BpmnModeler | null>(null);

  useEffect(() => {
    if (!place.current) return undefined;
    const modeler = new BpmnModeler({
      container: place.current,
      textRenderer: { defaultStyle: { fontFamily: FONT, fontSize: 12 }, externalStyle: { fontSize: 11 } },
      bpmnRenderer: COLOURS,
      moddleExtensions: PACKAGES,
      additionalModules: [thaiTextModule, behaviors, clipboardModule, translator(() => spoken.current)],
    });
    let current = true;
    setState('opening');
    open(modeler, xml).then(
      () => {
        if (!current) return;
        opened.current = modeler;
        const editor = new Editor(modeler);
        editor.begin();
        setState('open');
        onOpen(editor);
      },
      () => current && setState('failed'),
    );
    return () => {
      current = false;
      opened.current = null;
      onOpen(null);
      // the tooltip of a tool may be on its way: shown later, it would look for the drawing that is gone
      modeler.get<{ _hide: () => void }>('hoverTooltip')._hide();
      modeler.destroy();
    };
  }, [xml, onOpen]);

  // another language changes the words of the tools, not what was drawn
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    opened.current?.get<{ fire: (event: string) => void }>('eventBus').fire('i18n.changed');
  }, [language]);

  return (
    <div className="modeler" role="group" aria-label={t('modeler.label', { name })}>
      {state === 'opening' && <Loading />}
      {state === 'failed' && (
        <p className="notice danger" role="alert">
          {t('modeler.failed')}
        </p>
      )}
      <div ref={place} className="modeler-canvas" hidden={state === 'failed'} />
    </div>
  );
}

/**
 * Rejects also when something of the diagram was not understood: it would be missing in what is saved. Labels are measured
 * when they are drawn: the letters must be there before.
 */
async function open(modeler: BpmnModeler, xml: string): Promise<void> {
  await Promise.all(['ก', 'A'].map((letter) => document.fonts.load(`12px ${FONT}`, letter)));
  const { warnings } = await modeler.importXML(xml);
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
}
