/** Routes of the application. Each page is a chunk of its own: who only signs in loads neither bpmn-js nor form-js. */
import { lazy } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { LanguageProvider } from '../i18n';
import { AnnouncerProvider } from '../ui/Announcer';
import { Crash } from './Crash';
import { NotFound } from './NotFound';
import { SessionProvider } from './session';
import { ACCOUNT, Shell } from './Shell';

const SignIn = lazy(() => import('../pages/signin/SignInPage'));
const Inbox = lazy(loadInbox);
const Task = lazy(() => import('../pages/task/TaskPage'));
const Approvals = lazy(() => import('../pages/approvals/ApprovalsPage'));
const Substitutes = lazy(() => import('../pages/substitutes/SubstitutesPage'));
const HandOver = lazy(() => import('../pages/handover/HandOverPage'));
const Start = lazy(() => import('../pages/start/StartPage'));
const Mine = lazy(() => import('../pages/mine/MinePage'));
const Cases = lazy(() => import('../pages/cases/CasesPage'));
const Search = lazy(() => import('../pages/search/SearchPage'));
const Checked = lazy(() => import('../pages/checked/CheckedPage'));
const Clocks = lazy(() => import('../pages/clocks/ClocksPage'));
const Correction = lazy(() => import('../pages/correction/CorrectionPage'));
const Notifications = lazy(() => import('../pages/notifications/NotificationsPage'));
const Account = lazy(() => import('../pages/account/AccountPage'));
const Heat = lazy(() => import('../pages/heat/HeatPage'));
const Interventions = lazy(() => import('../pages/interventions/InterventionsPage'));
const Variants = lazy(() => import('../pages/variants/VariantsPage'));
const Process = lazy(() => import('../pages/process/ProcessPage'));
const Registers = lazy(() => import('../pages/registers/RegistersPage'));
const Reports = lazy(() => import('../pages/reports/ReportsPage'));
const Templates = lazy(() => import('../pages/templates/TemplatesPage'));
const OfficeCalendar = lazy(() => import('../pages/calendar/CalendarPage'));
const Channels = lazy(() => import('../pages/channels/ChannelsPage'));
const Source = lazy(() => import('../pages/source/SourcePage'));
const Workbench = lazy(() => import('../pages/workbench/WorkbenchPage'));
const Draft = lazy(() => import('../pages/draft/DraftPage'));
const Trial = lazy(() => import('../pages/trial/TrialPage'));
const Compare = lazy(() => import('../pages/compare/ComparePage'));
const Logbook = lazy(() => import('../pages/logbook/LogbookPage'));
const People = lazy(() => import('../pages/people/PeoplePage'));
const Person = lazy(() => import('../pages/person/PersonPage'));
const Groups = lazy(() => import('../pages/groups/GroupsPage'));
const Group = lazy(() => import('../pages/groups/GroupPage'));
const Roles = lazy(() => import('../pages/roles/RolesPage'));
const ImportPeople = lazy(() => import('../pages/import/ImportPage'));
const SignInSettings = lazy(() => import('../pages/signinsettings/SignInSettingsPage'));
const Keys = lazy(() => import('../pages/keys/KeysPage'));
const PersonalData = lazy(() => import('../pages/privacy/PersonalDataPage'));
const Holds = lazy(() => import('../pages/privacy/HoldsPage'));
const Incidents = lazy(() => import('../pages/incidents/IncidentsPage'));
const Cause = lazy(() => import('../pages/incidents/CausePage'));
const Jobs = lazy(() => import('../pages/jobs/JobsPage'));
const Health = lazy(() => import('../pages/health/HealthPage'));
const Retention = lazy(() => import('../pages/privacy/RetentionPage'));
const Moving = lazy(() => import('../pages/moving/MovingPage'));
const Migration = lazy(() => import('../pages/migration/MigrationPage'));
const Modification = lazy(() => import('../pages/modification/ModificationPage'));
const Operations = lazy(() => import('../pages/operations/OperationsPage'));
const Operation = lazy(() => import('../pages/operations/OperationPage'));
const Components = lazy(() => import('../pages/components/ComponentsPage'));
const Case = lazy(() => import('../pages/case/CasePage'));

/** Where most begin: it comes while it is asked who is signed in. */
function loadInbox() {
  return import('../pages/inbox/InboxPage');
}
if (window.location.pathname === '/') loadInbox().catch(() => undefined); // the page itself tells when it fails

const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crash />,
    children: [
      {
        errorElement: <Crash />,
        children: [
          { path: '/signin', element: <SignIn /> },
          { path: '/', element: <Inbox /> },
          { path: '/approvals', element: <Approvals /> },
          { path: '/tasks/:key', element: <Task /> },
          { path: '/substitutes', element: <Substitutes /> },
          { path: '/hand-over', element: <HandOver /> },
          { path: '/start', element: <Start /> },
          { path: '/start/:key', element: <Start /> },
          { path: '/mine', element: <Mine /> },
          { path: '/cases', element: <Cases /> },
          { path: '/search', element: <Search /> },
          { path: '/checked', element: <Checked /> },
          { path: '/clocks', element: <Clocks /> },
          { path: '/cases/:key', element: <Case /> },
          { path: '/cases/:key/correction', element: <Correction /> },
          { path: '/notifications', element: <Notifications /> },
          { path: '/registers', element: <Registers /> },
          { path: '/processes/:key', element: <Process /> },
          { path: '/processes/:key/heat', element: <Heat /> },
          { path: '/processes/:key/variants', element: <Variants /> },
          { path: '/interventions', element: <Interventions /> },
          { path: '/workbench', element: <Workbench /> },
          { path: '/workbench/drafts/:key', element: <Draft /> },
          { path: '/workbench/source', element: <Source /> },
          { path: '/workbench/drafts/:key/trial', element: <Trial /> },
          { path: '/workbench/compare', element: <Compare /> },
          { path: '/reports', element: <Reports /> },
          { path: '/notification-texts', element: <Templates /> },
          { path: '/office-calendar', element: <OfficeCalendar /> },
          { path: '/channels', element: <Channels /> },
          { path: '/data-protection', element: <Holds /> },
          { path: '/data-protection/retention', element: <Retention /> },
          { path: '/data-protection/requests', element: <PersonalData /> },
          { path: '/sign-in-settings', element: <SignInSettings /> },
          { path: '/audit-trail', element: <Logbook /> },
          { path: '/people', element: <People /> },
          { path: '/people/accounts/:username', element: <Person /> },
          { path: '/people/groups', element: <Groups /> },
          { path: '/people/groups/:group', element: <Group /> },
          { path: '/people/keys', element: <Keys /> },
          { path: '/people/import', element: <ImportPeople /> },
          { path: '/people/roles', element: <Roles /> },
          { path: '/incidents', element: <Incidents /> },
          { path: '/incidents/:key', element: <Cause /> },
          { path: '/jobs', element: <Jobs /> },
          { path: '/health', element: <Health /> },
          { path: '/migration', element: <Migration /> },
          { path: '/moving', element: <Moving /> },
          { path: '/cases/:key/modification', element: <Modification /> },
          { path: '/operations', element: <Operations /> },
          { path: '/operations/:key', element: <Operation /> },
          { path: '/components', element: <Components /> },
          { path: ACCOUNT, element: <Account /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);

export function App() {
  return (
    <LanguageProvider>
      <SessionProvider>
        <AnnouncerProvider>
          <RouterProvider router={router} />
        </AnnouncerProvider>
      </SessionProvider>
    </LanguageProvider>
  );
}
