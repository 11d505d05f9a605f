/** What the other version asks of its cases, in words: control points, deadlines, standard times. */
import type { MigrationPreview } from '../../api/migration';
import { lengthText } from '../../dates/lengths';
import { nameOf, type Names } from '../../diagram/names';
import { useI18n } from '../../i18n';

type Deadline = MigrationPreview['deadlines'][number];
type Side = NonNullable<Deadline['before']>;

export function Differences({ preview, names }: { preview: MigrationPreview; names: Names }) {
  const { pick, t } = useI18n();
  const { controlPoints, deadlines, steps } = preview;
  const textOf = ({ id, text }: { id: string; text: { th: string | null; en: string | null } }) =>
    pick(text.th, text.en) || id;
  const say = useTime(names);
  const lines = [
    ...controlPoints.map((point) => ({
      id: point.id,
      // a control point that goes, or that may be passed over from now on, is a loss
      bad: point.change === 'REMOVED' || point.after?.mandatory === false,
      what: t(
        point.change === 'CHANGED'
          ? point.after?.mandatory
            ? 'migration.point.mandatory'
            : 'migration.point.optional'
          : point.change === 'REMOVED'
            ? 'migration.point.REMOVED'
            : 'migration.point.ADDED',
        { text: textOf(point) },
      ),
    })),
    ...deadlines.map((clock) => ({
      id: clock.id,
      bad: clock.change === 'REMOVED',
      what: t(`migration.deadline.${changeOf(clock)}`, {
        text: textOf(clock),
        before: say(clock.before),
        after: say(clock.after),
      }),
    })),
    ...steps.map((step) => ({
      id: step.id,
      bad: false,
      what: t(`migration.step.${changeOf(step)}`, {
        text: textOf(step),
        before: say(step.before),
        after: say(step.after),
      }),
    })),
  ];
  return (
    <section className="card" aria-labelledby="migration-differences">
      <h2 id="migration-differences">{t('migration.differences')}</h2>
      {lines.length === 0 && <p>{t('migration.same')}</p>}
      <ul className="plain-list entries" aria-labelledby="migration-differences">
        {lines.map(({ id, bad, what }) => (
          <li key={`${id}/${what}`}>
            {bad && <span className="badge bad">{t('migration.loss')}</span>} {what}
          </li>
        ))}
      </ul>
    </section>
  );
}

function changeOf({ change }: { change: string }): 'REMOVED' | 'CHANGED' | 'ADDED' {
  return change === 'REMOVED' || change === 'ADDED' ? change : 'CHANGED';
}

/** How long something may take, or on which date it is due, and what stops it. */
function useTime(names: Names) {
  const { language, pick, t } = useI18n();
  return (side: Partial<Side> | null) => {
    if (!side) return '';
    const time = side.duration ? lengthText(side.duration, side.calendar ?? null, language, t) : side.at;
    const until = side.stoppedBy ? t('migration.until', { text: nameOf(names, side.stoppedBy, pick) }) : '';
    return [time ?? t('migration.noTime'), until].filter(Boolean).join(' ');
  };
}
