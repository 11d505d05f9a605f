/** Has the cases migrated: as an operation with progress, or, where the process wants it, as a request for each. */
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { askForEach, migrateAll, type Mapping, type MigrationPreview } from '../../api/migration';
import { getOperation, type Operation } from '../../api/operations';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { OperationCard } from '../../parts/OperationCard';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Progress } from '../../ui/Progress';

interface Props {
  preview: MigrationPreview;
  mapping: Mapping;
  isDisabled: boolean;
  reload: () => void;
}

const LONGEST = 2_000;
type Asked = { asked: number; refused: number | null };

export function Start({ preview, mapping, isDisabled, reload }: Props) {
  const { language, t } = useI18n();
  const announce = useAnnounce();
  const [open, setOpen] = useState(false);
  const [operation, setOperation] = useState<Operation | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { source, target, cases, secondPerson } = preview;
  const number = (value: number) => formatNumber(value, language);
  const action = t(secondPerson ? 'migration.ask' : 'migration.start');

  async function begin(reason: string) {
    const from = source.processDefinitionKey;
    const to = target.processDefinitionKey;
    if (secondPerson) {
      setAsked({ asked: 0, refused: null });
      const refused = await askForEach(from, to, mapping, reason, (n) => setAsked({ asked: n, refused: null }));
      setAsked((before) => ({ asked: before?.asked ?? 0, refused }));
      announce(t('migration.askedAll'));
    } else {
      setOperation(await getOperation(await migrateAll(from, to, mapping, reason)));
      announce(t('migration.begun'));
    }
  }

  return (
    <>
      {cases.total > 0 && (
        <div className="row migration-start">
          <Button kind="primary" isDisabled={isDisabled || cases.possible === 0} onPress={() => setOpen(true)}>
            {action}
          </Button>
          {secondPerson && <span className="muted small">{t('migration.secondPerson')}</span>}
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
            {t('migration.asked', { asked: number(asked.asked), total: number(cases.total) })}
            {Boolean(asked.refused) && ` ${t('migration.refused', { n: number(asked.refused ?? 0) })}`}
          </Progress>
          <Link to="/approvals">{t('approvals.title')}</Link>
        </div>
      )}
      {open && (
        <ReasonDialog
          title={action}
          hint={t('migration.hint')}
          action={action}
          longest={LONGEST}
          onSubmit={begin}
          onClose={() => setOpen(false)}
        >
          <p>
            {t('migration.will', {
              n: number(cases.total),
              from: number(source.version),
              to: number(target.version),
            })}
          </p>
          {cases.possible < cases.looked && (
            <p className="notice danger">{t('migration.someNot', { n: number(cases.looked - cases.possible) })}</p>
          )}
        </ReasonDialog>
      )}
    </>
  );
}
