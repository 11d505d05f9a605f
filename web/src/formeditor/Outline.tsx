import { useMemo, useState } from 'react';
import { Button as RawButton, Collection, type Key, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { Component } from '../forms/schema';
import { useI18n } from '../i18n';
import { Button } from '../ui/Button';
import type { FormEditor, Opened } from './editor';
import { kindName } from './kinds';
import { nameOf } from './texts';
import { componentAt, everyComponent, goal, moved, removed, type Path, type Way } from './tree';

interface Props {
  editor: FormEditor;
  now: Opened;
}

const NOTHING: ReadonlySet<Key> = new Set();
const WAYS = ['up', 'down', 'in', 'out'] as const;
const keyOf = (path: Path) => path.join('.');
const pathOf = (key: string): Path => key.split('.').map(Number);

interface Item {
  key: string;
  component: Component;
  inside: Item[];
}

function itemsOf(component: Component, path: Path): Item[] {
  return (component.components ?? []).map((each, index) => ({
    key: keyOf([...path, index]),
    component: each,
    inside: itemsOf(each, [...path, index]),
  }));
}

/** The components of a form in their order, one of them chosen, and the ways to move or remove it. */
export function Outline({ editor, now: { form, chosen } }: Props) {
  const { pick, t } = useI18n();
  const items = useMemo(() => itemsOf(form, []), [form]);
  const [closed, setClosed] = useState<ReadonlySet<Key>>(NOTHING);
  const open = useMemo(
    () => everyComponent(form).flatMap(({ path }) => (closed.has(keyOf(path)) ? [] : keyOf(path))),
    [form, closed],
  );
  const component = chosen && componentAt(form, chosen);
  const go = (path: Path, way: Way) => {
    const to = goal(form, path, way);
    if (to) editor.change(moved(form, path, to), to);
  };

  function one({ key, component: each, inside }: Item) {
    const name = nameOf(each, pick);
    return (
      <TreeItem id={key} textValue={name} className="outline-item">
        <TreeItemContent>
          {inside.length > 0 && (
            <RawButton slot="chevron" className="outline-chevron" aria-label={t('formedit.fold')}>
              <span aria-hidden="true">▸</span>
            </RawButton>
          )}
          <span className="outline-name">{name}</span>
          <span className="muted small">{kindName(each.type, pick)}</span>
        </TreeItemContent>
        <Collection items={inside}>{(item) => one(item)}</Collection>
      </TreeItem>
    );
  }

  return (
    <>
      {items.length === 0 && <p className="muted">{t('formedit.empty')}</p>}
      <Tree
        aria-label={t('formedit.outline')}
        className="outline"
        items={items}
        expandedKeys={open}
        onExpandedChange={(keys) => setClosed(new Set(open.filter((key) => !keys.has(key))))}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen ? [keyOf(chosen)] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          editor.choose(key === undefined ? null : pathOf(String(key)));
        }}
      >
        {(item) => one(item)}
      </Tree>
      {chosen && component && (
        <div className="row" role="group" aria-label={t('formedit.moves', { name: nameOf(component, pick) })}>
          {WAYS.map((way) => (
            <Button key={way} small isDisabled={!goal(form, chosen, way)} onPress={() => go(chosen, way)}>
              {t(`formedit.${way}`)}
            </Button>
          ))}
          <Button small onPress={() => editor.change(removed(form, chosen), null)}>
            {t('common.remove')}
          </Button>
        </div>
      )}
    </>
  );
}
