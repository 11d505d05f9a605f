/** One operation: how far it is, who began it and why; held, gone on with, called off by who may. Live while it goes on. */
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { controlOperation, getOperation, goesOn, type Control, type Operation } from '../api/operations';
import { isAdministrator, useMe } from '../app/session';
import { formatMoment, formatNumber } from '../dates/format';
import { useI18n } from '../i18n';
import { ActionDialog } from '../ui/ActionDialog';
import { Button } from '../ui/Button';
import { Failure } from '../ui/Failure';
import { usePersonName } from '../ui/names';
import { Progress } from '../ui/Progress';
import { useAct } from '../ui/useAct';
import { useEvery } from '../ui/useEvery';
import { useResource } from '../ui/useResource';
import './operation-card.css';
import { TONE } from './operationStates';

const EVERY = 2_000;

/** The operation as it is now; `found` is how a list knew it. */
export function useOperation(found: Operation) {
  const [moved, setMoved] = useState(false);
  const key = found.batchOperationKey;
  const load = useCallback(
    (signal: AbortSignal) => (moved ? getOperation(key, signal) : Promise.resolve(found)),
    [key, moved, found],
  );
  const now = useResource(load);
  const operation = now.data ?? found;
  const look = () => (moved ? now.reload() : setMoved(true));
  useEvery(EVERY, goesOn(operation) && operation.state !== 'SUSPENDED', look);
  return { operation, error: now.error, look };
}

interface Props {
  found: Operation;
  /** whether the name leads to the page of the operation */
  linked?: boolean;
  /** what is to be done once it has ended */
  ended?: () => void;
}

export function OperationCard({ found, linked = false, ended }: Props) {
  const { language, t } = useI18n();
  const { operation, error, look } = useOperation(found);
  const over = !goesOn(operation);
  useEffect(() => {
    if (over) ended?.();
  }, [over, ended]);
  const name = usePersonName(operation.actorId);
  const { state, reason, errors, startDate, endDate, operationsTotalCount: total } = operation;
  const { operationsCompletedCount: completed, operationsFailedCount: failed } = operation;
  const title = t(`operations.type.${operation.batchOperationType}`);
  const number = (value: number) => formatNumber(value, language);
  return (
    <>
      <div className="row">
        <strong>{linked ? <Link to={`/operations/${operation.batchOperationKey}`}>{title}</Link> : title}</strong>
        <span className={`badge ${TONE[state]}`}>{t(`operations.state.${state}`)}</span>
      </div>
      <div className="muted small">
        {t('operations.by', { name })}
        {startDate && ` · ${t('operations.began', { date: formatMoment(startDate, language) })}`}
        {endDate && ` · ${t('operations.ended', { date: formatMoment(endDate, language) })}`}
      </div>
      {reason && <div className="operation-reason">{t('intervention.reason', { text: reason })}</div>}
      {goesOn(operation) ? (
        <Progress label={t('operations.progress')} done={completed + failed} total={total}>
          {t(state === 'CREATED' ? 'operations.looking' : 'operations.done', {
            done: number(completed),
            total: number(total),
            failed: number(failed),
          })}
        </Progress>
      ) : (
        <div className="small">
          {t('operations.done', { done: number(completed), total: number(total), failed: number(failed) })}
        </div>
      )}
      {errors.map(({ type, message }) => (
        <p key={type} className="notice danger">
          {t(type === 'RESULT_BUFFER_SIZE_EXCEEDED' ? 'operations.tooMany' : 'operations.notFound')}{' '}
          <span className="small">{message}</span>
        </p>
      ))}
      {Boolean(error) && <Failure error={error} retry={look} />}
      <Controls operation={operation} title={title} look={look} />
    </>
  );
}

/** Buttons for who asked for it, and for administrators. */
function Controls({ operation, title, look }: { operation: Operation; title: string; look: () => void }) {
  const { t } = useI18n();
  const me = useMe();
  const { working, act } = useAct();
  const [stopping, setStopping] = useState(false);
  if (!goesOn(operation) || (operation.actorId !== me.username && !isAdministrator(me))) return null;
  const control = async (what: Control) => {
    await controlOperation(operation.batchOperationKey, what);
    look();
    return t(`operations.${what}.done`);
  };
  const hold = operation.state === 'SUSPENDED' ? 'resumption' : 'suspension';
  return (
    <div className="row operation-controls">
      <Button
        small
        isDisabled={working}
        aria-label={`${t(`operations.${hold}`)}: ${title}`}
        onPress={() => void act(() => control(hold)).then((done) => done || look())}
      >
        {t(`operations.${hold}`)}
      </Button>
      <Button small aria-label={`${t('operations.cancellation')}: ${title}`} onPress={() => setStopping(true)}>
        {t('operations.cancellation')}
      </Button>
      {stopping && (
        <ActionDialog
          title={t('operations.cancellation')}
          hint={t('operations.cancellation.hint')}
          submit={t('operations.cancellation')}
          act={async () => {
            await act(() => control('cancellation'));
            return null;
          }}
          onClose={() => setStopping(false)}
        >
          {null}
        </ActionDialog>
      )}
    </div>
  );
}
