import type { Finding } from '../../api/modelDrafts';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import type { Check } from './useFindings';

interface Props {
  check: Check;
  /** the diagram that is open */
  path: string;
  onShow: (finding: Finding) => void;
}

/** What is wrong with the draft, errors first; each leads to its element. */
export function Findings({ check, path, onShow }: Props) {
  const { language, pick, t } = useI18n();
  const { findings } = check;
  const sorted = findings?.toSorted((a, b) => a.severity.localeCompare(b.severity));
  return (
    <section className="card draft-findings" aria-labelledby="findings-title">
      <h2 id="findings-title">{t('findings.title')}</h2>
      {Boolean(check.error) && <Failure error={check.error} retry={check.again} />}
      {!findings && !check.error && <Loading />}
      <p role="status" className={findings?.length ? 'visually-hidden' : 'muted'}>
        {findings &&
          t(findings.length ? 'findings.count' : 'findings.none', { n: formatNumber(findings.length, language) })}
      </p>
      <ul className="plain-list entries">
        {sorted?.map((finding, index) => (
          <li key={`${finding.path}/${finding.elementId ?? ''}/${finding.code}/${index}`}>
            <span className={`badge ${finding.severity === 'ERROR' ? 'bad' : 'warn'}`}>
              {t(`findings.${finding.severity}`)}
            </span>{' '}
            {pick(finding.message.th, finding.message.en)}{' '}
            <span className="muted small">
              {finding.code}
              {finding.path !== path && ` · ${finding.path}`}
              {finding.line !== null && ` · ${t('findings.line', { n: formatNumber(finding.line, language) })}`}
            </span>{' '}
            {finding.elementId && (
              <Button small onPress={() => onShow(finding)}>
                {t('findings.show', { id: finding.elementId })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
