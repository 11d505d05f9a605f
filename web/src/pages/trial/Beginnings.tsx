/** How a case may begin: by hand, or by what happens. */
import { useState } from 'react';
import type { Beginning } from '../../api/draftTrials';
import { formatMoment } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { TextInput } from '../../ui/Fields';
import { Filling } from './Filling';
import type { WalkState } from './useWalk';
import { ANYBODY, startOf } from './walking';

interface Props {
  beginnings: readonly Beginning[];
  name: (id: string) => string;
  walk: WalkState;
}

const EXAMPLE = 'finance1';

export function Beginnings({ beginnings, name, walk }: Props) {
  const { language, t } = useI18n();
  const [at, setAt] = useState('0');
  const [as, setAs] = useState(ANYBODY);
  const chosen = beginnings[Number(at)];
  if (!chosen) return <p className="notice">{t('walk.noBeginning')}</p>;
  const said = ({ kind, elementId, name: of, dueDate }: Beginning) => {
    const what = dueDate === null ? of : formatMoment(dueDate, language);
    return [t(`walk.begin.${kind as 'NONE'}`), name(elementId), what].filter(Boolean).join(' · ');
  };
  return (
    <section aria-labelledby="walk-begin">
      <h2 id="walk-begin">{t('walk.begin')}</h2>
      {beginnings.length > 1 && (
        <Choice
          label={t('walk.beginBy')}
          value={at}
          options={beginnings.map((each, index) => ({ value: String(index), label: said(each) }))}
          onChange={setAt}
        />
      )}
      {chosen.kind === 'NONE' && (
        <TextInput
          label={t('walk.as')}
          hint={t('walk.asHint', { example: EXAMPLE })}
          value={as}
          onChange={setAs}
          maxLength={256}
        />
      )}
      <Filling
        key={at}
        form={chosen.form}
        action={t('walk.begin')}
        working={walk.working}
        onDone={(data) => void walk.begin(startOf(chosen, as.trim() || ANYBODY, data))}
      />
    </section>
  );
}
