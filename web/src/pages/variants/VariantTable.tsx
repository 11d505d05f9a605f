/** The variants with share, length and lateness; one of them is chosen. */
import type { Variant } from '../../api/variants';
import { formatNumber, formatPercent } from '../../dates/format';
import { useI18n } from '../../i18n';
import { spanText } from './span';
import { Scrolled } from '../../ui/Scrolled';

interface Props {
  items: readonly Variant[];
  chosen: string;
  onChoose: (id: string) => void;
}

export function VariantTable({ items, chosen, onChoose }: Props) {
  const { language, t } = useI18n();
  return (
    <>
      <Scrolled label={t('variants.list')}>
        <table className="task-table">
          <thead>
            <tr>
              <th scope="col">{t('variants.path')}</th>
              <th scope="col">{t('variants.share')}</th>
              <th scope="col">{t('variants.median')}</th>
              <th scope="col">{t('variants.late')}</th>
              <th scope="col">{t('variants.missed')}</th>
              <th scope="col">{t('variants.canceled')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, n) => (
              <tr key={item.variantId} className={item.variantId === chosen ? 'variant-chosen' : undefined}>
                <td>
                  <label className="variant-choice">
                    <input
                      type="radio"
                      name="variant"
                      checked={item.variantId === chosen}
                      onChange={() => onChoose(item.variantId)}
                    />
                    <span>
                      <strong>{t('variants.number', { n: formatNumber(n + 1, language) })}</strong>{' '}
                      <PathText item={item} />
                    </span>
                  </label>
                </td>
                <td>
                  {formatPercent(item.sharePercent ?? 0, language)}%{' '}
                  <span className="muted">({formatNumber(item.cases, language)})</span>
                </td>
                <td>{spanText(item.duration.medianSeconds, language, t)}</td>
                <td>{formatNumber(item.lateSteps, language)}</td>
                <td>{formatNumber(item.missedDeadlines, language)}</td>
                <td>{formatNumber(item.canceled, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  );
}

function PathText({ item }: { item: Variant }) {
  const { pick, t } = useI18n();
  if (item.steps.length === 0) return <span className="muted">{t('variants.noStep')}</span>;
  return (
    <span>
      {item.steps
        .map(
          ({ elementId, name, repeated }) =>
            (pick(name.th, name.en) || elementId) + (repeated ? ` (${t('variants.repeated')})` : ''),
        )
        .join(' → ')}
    </span>
  );
}
