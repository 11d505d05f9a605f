import { useI18n } from '../../i18n';
import type { Editor, Shape } from '../editor';
import type { Moddle } from '../moddle';
import { Expression } from './Expression';

/** When a sequence flow is taken: an expression in FEEL, which begins with `=`. */
export function FlowCondition({ editor, shape }: { editor: Editor; shape: Shape }) {
  const { t } = useI18n();
  const flow = shape.businessObject;
  const source = flow.get<Moddle | undefined>('sourceRef');
  const isDefault = source?.get<Moddle | undefined>('default') === flow;
  if (isDefault) return <p className="muted">{t('panel.default')}</p>;
  const body = flow.get<Moddle | undefined>('conditionExpression')?.get('body') ?? '';
  return (
    <Expression
      label={t('panel.condition')}
      value={body}
      elementId={flow.get('id') ?? ''}
      onCommit={(text) =>
        editor.change(shape, {
          conditionExpression: text
            ? editor.create('bpmn:FormalExpression', { body: text.startsWith('=') ? text : `=${text}` })
            : undefined,
        })
      }
    />
  );
}
