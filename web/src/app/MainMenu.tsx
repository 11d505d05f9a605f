/** The main menu: on a wide window a bar with a menu for each section, on a narrow one a drawer with all of them. */
import { useState } from 'react';
import { Dialog, Menu, MenuItem, MenuTrigger, Modal, ModalOverlay, Popover } from 'react-aria-components';
import { NavLink, useLocation } from 'react-router-dom';
import type { Me } from '../api/types';
import { formatNumber } from '../dates/format';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import { isAt, NOTIFICATIONS, sectionsOf, type Place, type Section } from './navigation';
import './main-menu.css';
import { useUnread } from './useUnread';

export function MainMenu({ me }: { me: Me }) {
  const { t } = useI18n();
  const unread = useUnread();
  const sections = sectionsOf(me);
  return (
    <>
      <Drawer sections={sections} unread={unread} />
      <nav aria-label={t('app.nav')} className="nav">
        {sections.map((section) =>
          section.open || section.places.length === 1 ? (
            section.places.map((place) => <PlaceLink key={place.to} place={place} unread={unread} />)
          ) : (
            <SectionMenu key={section.label} section={section} />
          ),
        )}
      </nav>
    </>
  );
}

interface LinkProps {
  place: Place;
  unread: number;
  onFollow?: () => void;
}

function PlaceLink({ place: { to, label }, unread, onFollow }: LinkProps) {
  const { language, t } = useI18n();
  return (
    <NavLink to={to} end={to === '/'} onClick={onFollow}>
      {t(label)}
      {to === NOTIFICATIONS && unread > 0 && (
        <span className="badge warn unread-count">{formatNumber(unread, language)}</span>
      )}
    </NavLink>
  );
}

function SectionMenu({ section }: { section: Section }) {
  const { t } = useI18n();
  const { pathname } = useLocation();
  const here = section.places.find(({ to }) => isAt(to, pathname));
  return (
    <MenuTrigger>
      <Button kind="quiet" data-here={here ? true : undefined}>
        {t(section.label)} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="menu" aria-label={t(section.label)}>
          {section.places.map((place) => (
            <MenuItem
              key={place.to}
              href={place.to}
              className="menu-item menu-link"
              data-here={place === here ? true : undefined}
            >
              {t(place.label)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Drawer({ sections, unread }: { sections: readonly Section[]; unread: number }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="drawer-opener">
      <Button kind="quiet" onPress={() => setOpen(true)} aria-haspopup="dialog">
        <span aria-hidden="true">☰</span> {t('menu.open')}
        {unread > 0 && (
          <span className="unread-dot">
            <span className="visually-hidden">{t('menu.unread')}</span>
          </span>
        )}
      </Button>
      <ModalOverlay className="dialog-overlay drawer-overlay" isOpen={open} isDismissable onOpenChange={setOpen}>
        <Modal className="drawer">
          <Dialog aria-label={t('app.nav')}>
            <Button kind="quiet" onPress={close}>
              <span aria-hidden="true">✕</span> {t('menu.close')}
            </Button>
            <nav aria-label={t('app.nav')}>
              {sections.map((section) => (
                <section key={section.label} aria-label={t(section.label)}>
                  <h2 className="drawer-heading">{t(section.label)}</h2>
                  <ul className="plain-list">
                    {section.places.map((place) => (
                      <li key={place.to}>
                        <PlaceLink place={place} unread={unread} onFollow={close} />
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </nav>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}
