import type { Texts } from '../../api/types';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Choice } from '../../ui/Choice';
import { BINDINGS, type Point } from '../extensions';
import type { Named } from '../parts';
import { BothTexts } from './BothTexts';
import { Expression } from './Expression';

/** What a control point may look at here. */
export interface Evidence {
  /** the task that they stand at */
  elementId: string;
  fields: readonly Named[];
  decisions: readonly Named[];
  deadlines: readonly { id: string; text: Texts }[];
}

interface Props {
  points: readonly Point[];
  evidence: Evidence;
  onChange: (points: Point[]) => void;
  /** an id that no other control point has */
  fresh: () => string;
}

/** The control points of a task: what each demands, and what shows that it was kept. */
export function Points({ points, evidence, onChange, fresh }: Props) {
  const { t } = useI18n();
  const change = (id: string, changes: Partial<Point>) =>
    onChange(points.map((each) => (each.id === id ? { ...each, ...changes } : each)));
  const add = () =>
    onChange([...points, { id: fresh(), text: { th: null, en: null }, mandatory: true, type: 'formField', what: '' }]);
  return (
    <>
      {points.map((point) => (
        <fieldset key={point.id} className="panel-item">
          <legend>{point.id}</legend>
          <BothTexts label={t('panel.demand')} value={point.text} onCommit={(text) => change(point.id, { text })} />
          <Check
            label={t('panel.mandatory')}
            selected={point.mandatory}
            onChange={(mandatory) => change(point.id, { mandatory })}
          />
          <Choice
            label={t('panel.evidence')}
            value={point.type}
            options={BINDINGS.map((value) => ({ value, label: t(`registers.evidence.${value}`) }))}
            onChange={(type) => change(point.id, { type, what: '' })}
          />
          <What point={point} evidence={evidence} onChange={(what) => change(point.id, { what })} />
          <Button
            small
            aria-label={t('panel.removeOne', { name: point.id })}
            onPress={() => onChange(points.filter(({ id }) => id !== point.id))}
          >
            {t('common.remove')}
          </Button>
        </fieldset>
      ))}
      <Button small onPress={add}>
        {t('panel.addPoint')}
      </Button>
    </>
  );
}

interface WhatProps {
  point: Point;
  evidence: Evidence;
  onChange: (what: string) => void;
}

function What({ point: { type, what }, evidence, onChange }: WhatProps) {
  const { pick, t } = useI18n();
  if (type === 'standardTime') return null;
  if (type === 'condition') {
    return <Expression label={t('panel.expression')} value={what} elementId={evidence.elementId} onCommit={onChange} />;
  }
  const found = {
    formField: evidence.fields.map(({ id, name }) => ({ value: id, label: name })),
    decision: evidence.decisions.map(({ id, name }) => ({ value: id, label: name })),
    deadline: evidence.deadlines.map(({ id, text }) => ({ value: id, label: pick(text.th, text.en) || id })),
  }[type];
  const present = what && !found.some(({ value }) => value === what) ? [{ value: what, label: what }] : [];
  return (
    <Choice
      label={t(`panel.what.${type}`)}
      value={what}
      options={[{ value: '', label: t('panel.choose') }, ...found, ...present]}
      onChange={onChange}
    />
  );
}
