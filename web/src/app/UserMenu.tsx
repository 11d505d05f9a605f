import { useState } from 'react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useNavigate } from 'react-router-dom';
import type { Me } from '../api/types';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { GroupList } from '../ui/Person';
import { AppearanceDialog } from './AppearanceDialog';
import { MENU, placesOf } from './navigation';
import { useSession } from './session';

export function UserMenu({ me }: { me: Me }) {
  const { t } = useI18n();
  const { signOut } = useSession();
  const navigate = useNavigate();
  const [choosing, setChoosing] = useState(false);
  const name = me.displayName ?? me.username;
  return (
    <>
      <MenuTrigger>
        <Button kind="quiet" aria-label={t('app.userMenu', { name })}>
          <span aria-hidden="true" className="user-menu">
            <span className="user-name">{name}</span> ▾
          </span>
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={t('app.userMenu', { name })}>
            <MenuSection>
              <Header className="menu-header">
                {me.username}
                {me.groups.length > 0 && (
                  <>
                    <br />
                    {t('app.groups')}: <GroupList groups={me.groups} />
                  </>
                )}
              </Header>
              {placesOf(MENU, me).map(({ to, label }) => (
                <MenuItem key={to} className="menu-item" onAction={() => void navigate(to)}>
                  {t(label)}
                </MenuItem>
              ))}
              <MenuItem className="menu-item" onAction={() => setChoosing(true)}>
                {t('look.title')}
              </MenuItem>
              <MenuItem className="menu-item" onAction={() => void signOut()}>
                {t('app.signOut')}
              </MenuItem>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {choosing && <AppearanceDialog onClose={() => setChoosing(false)} />}
    </>
  );
}
