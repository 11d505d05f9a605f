import { useCallback, useState } from 'react';
import { getPatterns } from '../../api/modelPatterns';
import { useI18n } from '../../i18n';
import type { Shape } from '../../modeler/editor';
import { ActionDialog } from '../../ui/ActionDialog';
import { useAnnounce } from '../../ui/Announcer';
import { Choice } from '../../ui/Choice';
import { Failure } from '../../ui/Failure';
import { Loading } from '../../ui/Loading';
import { useResource } from '../../ui/useResource';

interface Props {
  /** where it is put: a flow, or a step that one flow leads out of */
  shape: Shape;
  /** Puts it there; what is to be told of it. */
  onPut: (patternId: string, elementId: string) => Promise<string>;
  onClose: () => void;
}

/** Asks which of the common patterns is put where the chosen element is. */
export function PatternDialog({ shape, onPut, onClose }: Props) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();
  const patterns = useResource(useCallback((signal: AbortSignal) => getPatterns(signal), []));
  const [id, setId] = useState<string | null>(null);
  const chosen = patterns.data?.find(({ patternId }) => patternId === id) ?? patterns.data?.[0];

  async function put() {
    if (!chosen) return t('common.incomplete');
    announce(await onPut(chosen.patternId, shape.id));
    return null;
  }

  return (
    <ActionDialog
      title={t('pattern.do')}
      hint={t('pattern.hint')}
      submit={t('pattern.put')}
      act={put}
      onClose={onClose}
    >
      <p>{t('pattern.at', { name: shape.businessObject.get('name') || shape.id })}</p>
      {patterns.error ? <Failure error={patterns.error} retry={patterns.reload} /> : null}
      {!patterns.data && !patterns.error && <Loading />}
      {patterns.data && chosen && (
        <>
          <Choice
            label={t('pattern.which')}
            value={chosen.patternId}
            options={patterns.data.map(({ patternId, name }) => ({
              value: patternId,
              label: pick(name.th, name.en) ?? patternId,
            }))}
            onChange={setId}
          />
          <p className="muted small">{pick(chosen.description.th, chosen.description.en)}</p>
        </>
      )}
    </ActionDialog>
  );
}
