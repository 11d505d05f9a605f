/** Move a case by hand: choose, on the diagram or in the lists, what ends and where the case goes on, and say why. */
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { getActiveElements, getCase } from '../../api/cases';
import { getXml } from '../../api/definitions';
import type { ElementInstance, ProcessInstance } from '../../api/types';
import { mayDraft, useMe } from '../../app/session';
import { nameOf, namesOf, type Names } from '../../diagram/names';
import { placesOf } from '../../diagram/nodes';
import { useI18n } from '../../i18n';
import { CaseDiagram } from '../../parts/CaseDiagram';
import { AddChoice } from '../../ui/AddChoice';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { PageTitle } from '../../ui/PageTitle';
import { useResource } from '../../ui/useResource';
import { Order } from './Order';

interface Content {
  item: ProcessInstance;
  active: ElementInstance[];
  names: Names;
  places: string[];
}

export default function ModificationPage() {
  const { key = '' } = useParams();
  const { t } = useI18n();
  const me = useMe();
  const found = useResource(
    useCallback(
      async (signal: AbortSignal): Promise<Content> => {
        const [item, active] = await Promise.all([getCase(key, signal), getActiveElements(key, signal)]);
        const xml = await getXml(item.processDefinitionKey);
        return { item, active, names: namesOf(xml), places: placesOf(xml) };
      },
      [key],
    ),
  );
  return (
    <>
      <PageTitle>{t('modification.title')}</PageTitle>
      <p>
        <Link to={`/cases/${key}`}>{t('correction.back')}</Link>
      </p>
      {found.loading && <Loading />}
      {Boolean(found.error) && <Failure error={found.error} retry={found.reload} />}
      {found.data && found.data.item.state !== 'ACTIVE' && <p className="notice">{t('modification.notActive')}</p>}
      {found.data && !mayDraft(me, found.data.item.processDefinitionId) && (
        <p className="notice">{t('modification.notYours')}</p>
      )}
      {found.data?.item.state === 'ACTIVE' && mayDraft(me, found.data.item.processDefinitionId) && (
        <Plan key={found.data.item.rev} content={found.data} reload={found.reload} />
      )}
    </>
  );
}

const MARK = 4;

function Plan({ content, reload }: { content: Content; reload: () => void }) {
  const { pick, t } = useI18n();
  const { item, active, names, places } = content;
  const [ends, setEnds] = useState<readonly string[]>([]);
  const [begins, setBegins] = useState<readonly string[]>([]);
  const called = (id: string, otherwise?: string | null) => nameOf(names, id, pick, otherwise);
  const toggle = (key: string) =>
    setEnds((before) => (before.includes(key) ? before.filter((each) => each !== key) : [...before, key]));
  const onPick = useCallback(
    (id: string) => {
      const here = active.filter(({ elementId }) => elementId === id).map((each) => each.elementInstanceKey);
      if (here.length > 0) {
        setEnds((before) =>
          here.every((key) => before.includes(key))
            ? before.filter((key) => !here.includes(key))
            : [...new Set([...before, ...here])],
        );
      } else if (places.includes(id)) {
        setBegins((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));
      }
    },
    [active, places],
  );
  const marks = useMemo(() => {
    const ended = active.filter((each) => ends.includes(each.elementInstanceKey));
    return {
      active: active.map(({ elementId }) => elementId),
      taken: [],
      counts: {},
      heat: Object.fromEntries([
        ...ended.map(({ elementId }) => [elementId, { level: MARK, text: t('modification.mark.end') }]),
        ...begins.map((id) => [id, { level: 1, text: t('modification.mark.begin') }]),
      ]) as Record<string, { level: number; text: string }>,
    };
  }, [active, ends, begins, t]);
  const name = pick(item.processDefinitionName, item.processNameEn) || item.processDefinitionId;
  return (
    <>
      <section className="card" aria-labelledby="modification-diagram">
        <h2 id="modification-diagram">{item.businessId ?? item.processInstanceKey}</h2>
        <p className="muted">{t('modification.what')}</p>
        <CaseDiagram definitionKey={item.processDefinitionKey} name={name} marks={marks} onPick={onPick} />
      </section>
      <section className="card" aria-labelledby="modification-ends">
        <h2 id="modification-ends">{t('modification.ends')}</h2>
        {active.length === 0 && <p>{t('modification.nowhere')}</p>}
        <ul className="plain-list entries" aria-labelledby="modification-ends">
          {active.map(({ elementInstanceKey: key, elementId, elementName }) => (
            <li key={key}>
              <Check
                label={t('modification.end', { name: called(elementId, elementName) })}
                selected={ends.includes(key)}
                onChange={() => toggle(key)}
              />
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="modification-begins">
        <h2 id="modification-begins">{t('modification.begins')}</h2>
        <ul className="plain-list entries" aria-labelledby="modification-begins">
          {begins.map((id) => (
            <li key={id} className="row">
              {called(id)}
              <Button
                small
                aria-label={`${t('common.remove')}: ${called(id)}`}
                onPress={() => setBegins(begins.filter((each) => each !== id))}
              >
                {t('common.remove')}
              </Button>
            </li>
          ))}
        </ul>
        {/* what clicking on the diagram does, by keyboard */}
        <AddChoice
          label={t('modification.place')}
          none={t('modification.choose')}
          options={places.filter((id) => !begins.includes(id)).map((id) => ({ value: id, label: called(id) }))}
          onAdd={(id) => setBegins([...begins, id])}
        />
      </section>
      <Order item={item} ends={ends} begins={begins} called={called} active={active} reload={reload} />
    </>
  );
}
