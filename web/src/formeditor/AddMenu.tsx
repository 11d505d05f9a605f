import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useI18n } from '../i18n';
import { useAnnounce } from '../ui/Announcer';
import { Button } from '../ui/Button';
import type { FormEditor, Opened } from './editor';
import { groupName, GROUPS, kindName, made, type Kind } from './kinds';
import { componentAt, inserted, isContainer, type Path } from './tree';

interface Props {
  editor: FormEditor;
  now: Opened;
}

const ORDER = ['fields', 'choices', 'structure', 'shown'] as const;

/** Adds a component: into the container that is chosen, else behind what is chosen, else at the end. */
export function AddMenu({ editor, now }: Props) {
  const { pick, t } = useI18n();
  const announce = useAnnounce();

  function add(kind: Kind) {
    const { form } = now;
    const to = placeFor(now);
    editor.change(inserted(form, to, made(form, kind)), to);
    announce(t('formedit.added', { name: kindName(kind, pick) }));
  }

  return (
    <MenuTrigger>
      <Button>{t('formedit.add')}</Button>
      <Popover className="popover">
        <Menu className="menu" aria-label={t('formedit.add')} onAction={(key) => add(key as Kind)}>
          {ORDER.map((group) => (
            <MenuSection key={group}>
              <Header className="menu-header">{t(groupName(group))}</Header>
              {GROUPS[group].map((kind) => (
                <MenuItem key={kind} id={kind} className="menu-item">
                  {kindName(kind, pick)}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function placeFor({ form, chosen }: Opened): Path {
  if (!chosen) return [form.components.length];
  const component = componentAt(form, chosen);
  if (component && isContainer(component)) return [...chosen, component.components?.length ?? 0];
  return [...chosen.slice(0, -1), (chosen.at(-1) ?? 0) + 1];
}
