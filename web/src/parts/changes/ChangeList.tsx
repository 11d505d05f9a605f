import { useState } from 'react';
import type { ModelChange, ModelComparison } from '../../api/modelComparisons';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import './changes.css';

interface Props {
  comparison: ModelComparison;
  /** Brings the element into view, where there is a diagram; without it nothing is offered. */
  onShow?: (change: ModelChange) => void;
}

/** What differs, thing by thing; what deserves a second look is marked, and can be looked at alone. */
export function ChangeList({ comparison: { changes, moreChanges, unreadable }, onShow }: Props) {
  const { language, t } = useI18n();
  const [only, setOnly] = useState(false);
  const number = (n: number) => formatNumber(n, language);
  const warnings = changes.filter(({ severity }) => severity === 'WARNING');
  return (
    <div className="changes">
      {unreadable.length > 0 && (
        <p className="notice warn">{t('compare.unreadable', { files: unreadable.join(', ') })}</p>
      )}
      <p role="status" className="muted">
        {changes.length === 0
          ? unreadable.length === 0 && t('compare.same')
          : t('compare.count', { n: number(changes.length + moreChanges), warnings: number(warnings.length) })}
      </p>
      {warnings.length > 0 && warnings.length < changes.length && (
        <Check label={t('compare.warningsOnly')} selected={only} onChange={setOnly} />
      )}
      <ul className="plain-list entries">
        {grouped(only ? warnings : changes).map((group) => (
          <Group
            key={`${group[0].processDefinitionId}/${group[0].part}/${group[0].id}`}
            changes={group}
            onShow={onShow}
          />
        ))}
      </ul>
      {moreChanges > 0 && <p>{t('compare.more', { n: number(moreChanges) })}</p>}
    </div>
  );
}

type Group = [ModelChange, ...ModelChange[]];

/** The changes of one thing together, in the order in which they are told. */
function grouped(changes: readonly ModelChange[]): Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const same = last?.[0];
    if (last && same && same.id === change.id && same.part === change.part) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function Group({ changes, onShow }: { changes: Group; onShow: Props['onShow'] }) {
  const { pick, t } = useI18n();
  const [first] = changes;
  const title = pick(first.title.th, first.title.en);
  const drawn = first.part === 'ELEMENT' || first.part === 'FLOW';
  return (
    <li>
      <div className="row changes-of">
        <strong>{title}</strong>
        {onShow && drawn && (
          <Button small aria-label={t('compare.show', { title })} onPress={() => onShow(first)}>
            {t('compare.showShort')}
          </Button>
        )}
      </div>
      <ul>
        {changes.map((change, index) => (
          <li key={`${change.code}/${index}`}>
            {pick(change.message.th, change.message.en)}{' '}
            {change.severity === 'WARNING' && <span className="badge warn">{t('compare.warning')}</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}
