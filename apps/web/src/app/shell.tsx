import { AppShell, Badge, Burger, Group, NavLink, Select, Stack } from '@mantine/core';
import { useDisclosure, useHotkeys, type HotkeyItem } from '@mantine/hooks';
import {
  IconChecklist,
  IconHistory,
  IconLayoutGrid,
  IconMessages,
  IconRocket,
  IconServer2,
  IconSettings,
  IconStack2,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { projectsQuery, ticketCountsQuery } from '../api/queries';
import { useFocusKept } from '../display/focus-kept';
import { useFocusInView } from './focus-in-view';
import { LiveMark } from './live-mark';
import { useProject, useSelectProject } from './project';
import './shell.css';
import logo from './slipway.svg';
import { UserMenu } from './user-menu';

const Shortcuts = lazy(() => import('./shortcuts'));

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  readonly key: string;
}

/** Where one can go; Alt and the key goes there. */
const PLACES: readonly Place[] = [
  { to: '/', label: 'Board', icon: IconLayoutGrid, key: 'b' },
  { to: '/deploy', label: 'Deploy', icon: IconRocket, key: 'd' },
  { to: '/releases', label: 'Releases', icon: IconStack2, key: 'r' },
  { to: '/inbox', label: 'Inbox', icon: IconChecklist, key: 'i' },
  { to: '/ask', label: 'Command centre', icon: IconMessages, key: 'c' },
  { to: '/environments', label: 'Environments', icon: IconServer2, key: 'e' },
  { to: '/audit', label: 'Audit', icon: IconHistory, key: 'a' },
  { to: '/settings', label: 'Settings', icon: IconSettings, key: 's' },
];

/** Navigation around every view; on a phone behind a button. Alt and a place's letter goes there. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = useLocation({ select: ({ pathname: path }) => path });
  const navigate = useNavigate();
  const project = useProject();
  useFocusInView();
  useFocusKept();
  useEffect(close, [pathname, close]);
  const [helped, help] = useDisclosure(false);
  useHotkeys([
    ...PLACES.map(({ to, key }): HotkeyItem => [`alt+${key}`, () => void navigate({ to, search: { project } })]),
    ['shift+?', help.open],
  ]);
  return (
    <AppShell
      header={{ height: { base: 52, md: 0 } }}
      navbar={{ width: 224, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="md">
        <Group h="100%" px="md" justify="space-between">
          <Brand />
          <Group gap="sm">
            <LiveMark />
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={opened ? 'Close navigation' : 'Open navigation'} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="shell-nav" p="sm">
        <Stack h="100%" gap="md" component="nav" aria-label="Main">
          <Group visibleFrom="md" px={6} pt={4}>
            <Brand />
          </Group>
          <ProjectPicker />
          <Stack gap={2}>
            {PLACES.map((place) => (
              <PlaceLink key={place.to} place={place} active={isAt(pathname, place.to)} project={project} />
            ))}
          </Stack>
          <Stack gap="xs" mt="auto" px={6}>
            <Group visibleFrom="md">
              <LiveMark />
            </Group>
            <UserMenu onHelp={help.open} />
          </Stack>
        </Stack>
      </AppShell.Navbar>
      {helped && (
        <Suspense fallback={null}>
          <Shortcuts places={PLACES} onClose={help.close} />
        </Suspense>
      )}
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

const isAt = (pathname: string, to: string): boolean => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`));

const Brand = () => (
  <Link to="/" className="brand">
    <img src={logo} width={26} height={26} alt="" />
    Slipway
  </Link>
);

function PlaceLink({ place, active, project }: { place: Place; active: boolean; project: string | undefined }) {
  const { data: counts } = useQuery({ ...ticketCountsQuery({ project }), enabled: place.to === '/inbox' && project !== undefined });
  const count = counts?.decidable ?? 0;
  return (
    <NavLink
      renderRoot={(props) => <Link {...props} to={place.to} search={{ project }} aria-current={active ? 'page' : undefined} />}
      label={place.label}
      active={active}
      leftSection={<place.icon size={17} stroke={1.7} aria-hidden />}
      rightSection={
        place.to === '/inbox' && count > 0 ? (
          <Badge size="sm" circle={count < 10} aria-label={`${count} waiting for you`}>
            {count < 1000 ? count : '999+'}
          </Badge>
        ) : undefined
      }
    />
  );
}

function ProjectPicker() {
  const { data } = useQuery(projectsQuery);
  const project = useProject();
  const select = useSelectProject();
  return (
    <Select
      aria-label="Project"
      data={data?.map(({ name, title }) => ({ value: name, label: title })) ?? []}
      value={project ?? null}
      onChange={(value) => value && select(value)}
      allowDeselect={false}
      placeholder={data?.length === 0 ? 'No project yet' : 'Project'}
    />
  );
}
