/** What was chosen, in words; done with a reason, or asked for; every reason against it where it was refused. */
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Problem } from '../../api/client';
import { intervene } from '../../api/interventions';
import type { ElementInstance, ProcessInstance } from '../../api/types';
import { useI18n } from '../../i18n';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';

interface Fault {
  elementId: string | null;
  th: string;
  en: string;
}
interface Props {
  item: ProcessInstance;
  active: readonly ElementInstance[];
  /** keys of element instances */
  ends: readonly string[];
  /** ids of elements */
  begins: readonly string[];
  called: (id: string, otherwise?: string | null) => string;
  reload: () => void;
}

const LONGEST = 2_000;

/** From one place to one place is a move. Elements are named by their ids where all of it ends, so that people read it. */
function instructions(
  active: readonly ElementInstance[],
  ended: readonly ElementInstance[],
  begins: readonly string[],
): object {
  const whole = (id: string) => active.every((each) => each.elementId !== id || ended.includes(each));
  const [from, to] = [ended[0], begins[0]];
  if (from && to !== undefined && ended.length === 1 && begins.length === 1 && whole(from.elementId)) {
    const source = { sourceType: 'byId', sourceElementId: from.elementId };
    return { moveInstructions: [{ sourceElementInstruction: source, targetElementId: to }] };
  }
  const ids = new Set(ended.map(({ elementId }) => elementId).filter(whole));
  const parts = ended.filter(({ elementId }) => !ids.has(elementId));
  return {
    activateInstructions: begins.map((elementId) => ({ elementId })),
    terminateInstructions: [
      ...[...ids].map((elementId) => ({ elementId })),
      ...parts.map(({ elementInstanceKey }) => ({ elementInstanceKey })),
    ],
  };
}

export function Order({ item, active, ends, begins, called, reload }: Props) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const key = item.processInstanceKey;
  const ended = active.filter((each) => ends.includes(each.elementInstanceKey));
  const lines = [
    ...ended.map((each) => t('modification.willEnd', { name: called(each.elementId, each.elementName) })),
    ...begins.map((id) => t('modification.willBegin', { name: called(id) })),
  ];
  const nothingLeft = begins.length === 0 && ended.length === active.length;

  async function order(reason: string) {
    setFaults([]);
    try {
      const outcome = await intervene('modify', key, { ...instructions(active, ended, begins), reason }, item.rev);
      announce(t(outcome === 'done' ? 'intervention.done' : 'intervention.sent'));
      await navigate(`/cases/${key}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { faults: told, code } = error.body as { faults?: Fault[]; code?: string };
      if (told) return setFaults(told);
      if (code !== 'stale-revision') throw error;
      // where the case stands now is to be seen before it is moved
      announce(t('problem.stale-revision'));
      reload();
    }
  }

  return (
    <section className="card" aria-labelledby="modification-order">
      <h2 id="modification-order">{t('modification.order')}</h2>
      {lines.length === 0 ? (
        <p className="muted">{t('modification.nothing')}</p>
      ) : (
        <ul>
          {lines.map((line, number) => (
            <li key={`${number}/${line}`}>{line}</li>
          ))}
        </ul>
      )}
      {lines.length > 0 && nothingLeft && <p className="notice danger">{t('modification.nothingLeft')}</p>}
      {faults.length > 0 && (
        <div className="notice danger" role="alert">
          <p>{t('operations.why.instructions-refused')}</p>
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.elementId ?? ''}/${fault.en}`}>
                {fault.elementId && `${called(fault.elementId)}: `}
                {pick(fault.th, fault.en)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Button kind="primary" isDisabled={lines.length === 0} onPress={() => setOpen(true)}>
        {t('modification.do')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('modification.title')}
          hint={t('intervention.perhapsAsked')}
          action={t('modification.do')}
          longest={LONGEST}
          onSubmit={order}
          onClose={() => setOpen(false)}
        >
          <ul>
            {lines.map((line, number) => (
              <li key={`${number}/${line}`}>{line}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </section>
  );
}
