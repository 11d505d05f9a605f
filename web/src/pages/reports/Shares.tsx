/** Shares kept, as bars and as a table: the same figures twice, so that nobody needs to see the bars. */
import type { ReactNode } from 'react';
import type { ReportShare } from '../../api/reports';
import { formatNumber, formatPercent } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Scrolled } from '../../ui/Scrolled';

/** Below this, one more or less moves the share by several points. */
const FEW = 30;

export interface ShareItem extends ReportShare {
  key: string;
  label: string;
  number?: string | null;
  /** further cells of the table */
  more?: ReactNode[];
}

interface Props {
  title: string;
  hint?: string;
  items: readonly ShareItem[];
  /** what the items are */
  heading: string;
  /** headings of the further cells */
  more?: readonly string[];
  target: number | null;
  /** one after the other in time: drawn side by side, where there is room */
  inTime?: boolean;
}

export function Shares({ title, hint, items, heading, more = [], target, inTime = false }: Props) {
  const { t } = useI18n();
  const numbered = items.some(({ number }) => number);
  return (
    <section className="card report-part" aria-label={title}>
      <h2>{title}</h2>
      {hint && <p className="muted small">{hint}</p>}
      {inTime && <Columns items={items} target={target} />}
      <Bars items={items} target={target} inTime={inTime} />
      <Scrolled label={title}>
        <table className="task-table">
          <thead>
            <tr>
              {numbered && <th scope="col">{t('reports.number')}</th>}
              <th scope="col">{heading}</th>
              <Numbers />
              {more.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.key}>
                {numbered && <td>{item.number}</td>}
                <th scope="row">{item.label}</th>
                <ShareCells share={item} />
                {item.more?.map((cell, at) => (
                  <td key={more[at]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

function Numbers() {
  const { t } = useI18n();
  return (
    <>
      <th scope="col" className="number">
        {t('reports.counted')}
      </th>
      <th scope="col" className="number">
        {t('reports.kept')}
      </th>
      <th scope="col" className="number">
        {t('reports.percent')}
      </th>
    </>
  );
}

function ShareCells({ share }: { share: ReportShare }) {
  const { language, t } = useI18n();
  const { counted, kept, sharePercent } = share;
  return (
    <>
      <td className="number">
        {formatNumber(counted, language)}
        {counted > 0 && counted < FEW && <span className="muted small"> {t('reports.few')}</span>}
      </td>
      <td className="number">{formatNumber(kept, language)}</td>
      <td className="number">{sharePercent === null ? '–' : formatPercent(sharePercent, language)}</td>
    </>
  );
}

function toneOf(sharePercent: number, target: number | null): 'below' | 'share' {
  return target !== null && sharePercent < target ? 'below' : 'share';
}

/** Hidden from screen readers: the table below says the same. */
function Bars({ items, target, inTime }: Pick<Props, 'items' | 'target' | 'inTime'>) {
  const { language } = useI18n();
  return (
    <div className={`bars ${inTime ? 'narrow-only' : ''}`} aria-hidden="true">
      {items.map(({ key, label, sharePercent }) => (
        <div key={key} className="bar-row">
          <span className="bar-label">{label}</span>
          <svg className="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
            <rect className="bar-ground" width="100" height="10" />
            {sharePercent !== null && (
              <rect className={`bar-${toneOf(sharePercent, target)}`} width={sharePercent} height="10" />
            )}
            {target !== null && <line className="bar-target" x1={target} x2={target} y1="0" y2="10" />}
          </svg>
          <span className="bar-value">{sharePercent === null ? '–' : formatPercent(sharePercent, language)}</span>
        </div>
      ))}
    </div>
  );
}

/** As bars, standing. */
function Columns({ items, target }: Pick<Props, 'items' | 'target'>) {
  const { language } = useI18n();
  return (
    <div className="columns wide-only" aria-hidden="true">
      {items.map(({ key, label, sharePercent }) => (
        <div key={key} className="column">
          <span>{sharePercent === null ? '–' : formatPercent(sharePercent, language)}</span>
          <svg viewBox="0 0 10 100" preserveAspectRatio="none">
            <rect className="bar-ground" width="10" height="100" />
            {sharePercent !== null && (
              <rect
                className={`bar-${toneOf(sharePercent, target)}`}
                width="10"
                y={100 - sharePercent}
                height={sharePercent}
              />
            )}
            {target !== null && <line className="bar-target" x1="0" x2="10" y1={100 - target} y2={100 - target} />}
          </svg>
          <span>{label}</span>
        </div>
      ))}
    </div>
  );
}
