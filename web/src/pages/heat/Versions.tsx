/** The choice of another version of the same process. */
import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import { getVersions } from '../../api/heat';
import type { ProcessDefinitionKey } from '../../api/types';
import { formatNumber } from '../../dates/format';
import { useI18n } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { useResource } from '../../ui/useResource';

interface Props {
  processId: string;
  chosen: ProcessDefinitionKey;
  /** where the page of a version is */
  at: (key: ProcessDefinitionKey) => string;
}

export function Versions({ processId, chosen, at }: Props) {
  const { language, t } = useI18n();
  const navigate = useNavigate();
  const versions = useResource(useCallback((signal: AbortSignal) => getVersions(processId, signal), [processId]));
  if (!versions.data) return null;
  return (
    <Choice
      label={t('heat.version')}
      value={chosen}
      options={versions.data.map(({ processDefinitionKey: value, version }) => ({
        value,
        label: formatNumber(version, language),
      }))}
      onChange={(next) => void navigate(at(next), { replace: true })}
    />
  );
}
