/** Has it done to many cases: as an operation with progress, or, where the process wants it, as a request for each. */
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { getOperation, type Operation } from '../../api/operations';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';
import { OperationCard } from '../OperationCard';
import { ReasonDialog } from '../ReasonDialog';
import type { CasesForeseen } from './Foreseen';
import './foreseen.css';

interface Props {
  cases: CasesForeseen;
  secondPerson: boolean;
  /** what is done is called */
  action: string;
  isDisabled: boolean;
  /** Does it; resolves to the key of the operation. */
  begin: (reason: string) => Promise<string>;
  /** Asks for each case; resolves to how many could not be asked for. */
  ask: (reason: string, told: (asked: number) => void) => Promise<number>;
  /** when the operation has ended */
  reload: () => void;
  /** what will be done, in words, before the reason is asked for */
  children: ReactNode;
}

const LONGEST = 2_000;
type Asked = { asked: number; refused: number | null };

export function DoneToMany({ cases, secondPerson, action, isDisabled, begin, ask, reload, children }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const [operation, setOperation] = useState<Operation | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const number = (value: number) => formatNumber(value, language);
  const title = secondPerson ? t('many.ask', { action }) : action;

  async function go(reason: string) {
    if (secondPerson) {
      setAsked({ asked: 0, refused: null });
      const refused = await ask(reason, (n) => setAsked({ asked: n, refused: null }));
      setAsked((before) => ({ asked: before?.asked ?? 0, refused }));
      announce(t('many.askedAll'));
    } else {
      setOperation(await getOperation(await begin(reason)));
      announce(t('many.begun'));
    }
  }

  return (
    <>
      {cases.total > 0 && (
        <div className="row many-start">
          <Button kind="primary" isDisabled={isDisabled || cases.possible === 0} onPress={() => setOpen(true)}>
            {title}
          </Button>
          {secondPerson && <span className="muted small">{t('many.secondPerson')}</span>}
        </div>
      )}
      {operation && (
        <div className="notice" role="group" aria-label={t('operations.progress')}>
          <OperationCard key={operation.batchOperationKey} found={operation} linked ended={reload} />
        </div>
      )}
      {asked && (
        <div className="notice" role="group" aria-label={t('operations.progress')}>
          <Progress label={t('operations.progress')} done={asked.asked + (asked.refused ?? 0)} total={cases.total}>
            {t('many.asked', { asked: number(asked.asked), total: number(cases.total) })}
            {Boolean(asked.refused) && ` ${t('many.refused', { n: number(asked.refused ?? 0) })}`}
          </Progress>
          <Link to="/approvals">{t('approvals.title')}</Link>
        </div>
      )}
      {open && (
        <ReasonDialog
          title={title}
          hint={t('many.hint')}
          action={title}
          longest={LONGEST}
          onSubmit={go}
          onClose={() => setOpen(false)}
        >
          {children}
          {cases.possible < cases.looked && (
            <p className="notice danger">{t('many.someNot', { n: number(cases.looked - cases.possible) })}</p>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
