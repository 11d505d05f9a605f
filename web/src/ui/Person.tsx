import { useGroupNames, usePersonName } from './names';

/** A person's name, with the user name for those who want to be sure. */
export function Person({ username }: { username: string | null | undefined }) {
  return <span title={username ?? undefined}>{usePersonName(username)}</span>;
}

export function GroupList({ groups }: { groups: readonly string[] }) {
  const nameOf = useGroupNames(groups);
  return groups.map(nameOf).join(', ');
}
