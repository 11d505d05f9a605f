/** English texts; the type demands exactly the keys of the Thai ones. */
import type { Messages } from './index';
import { accountEn } from './account.en';
import { accountsEn } from './accounts.en';
import { catalogueEn } from './catalogue.en';
import { channelsEn } from './channels.en';
import { auditingEn } from './auditing.en';
import { calendarEn } from './calendar.en';
import { commonEn } from './common.en';
import { compareEn } from './compare.en';
import { componentsEn } from './components.en';
import { deadlinesEn } from './deadlines.en';
import { dmnEn } from './dmn.en';
import { draftingEn } from './drafting.en';
import { drawingEn } from './drawing.en';
import { eventsEn } from './events.en';
import { feedEn } from './feed.en';
import { feelEn } from './feel.en';
import { formeditEn } from './formedit.en';
import { helpEn } from './help.en';
import { filesEn } from './files.en';
import { inboxEn } from './inbox.en';
import { inboxViewsEn } from './inboxViews.en';
import { interventionsEn } from './interventions.en';
import { logbookEn } from './logbook.en';
import { lookEn } from './look.en';
import { mineEn } from './mine.en';
import { modelerEn } from './modeler.en';
import { notifyingEn } from './notifying.en';
import { operatingEn } from './operating.en';
import { readingEn } from './reading.en';
import { othersEn } from './others.en';
import { patternEn } from './pattern.en';
import { sourceEn } from './source.en';
import { permissionsEn } from './permissions.en';
import { privacyEn } from './privacy.en';
import { problemsEn } from './problems.en';
import { registersEn } from './registers.en';
import { heatEn } from './heat.en';
import { replayEn } from './replay.en';
import { reportsEn } from './reports.en';
import { searchEn } from './search.en';
import { signInSettingsEn } from './signInSettings.en';
import { substitutionEn } from './substitution.en';
import { togetherEn } from './together.en';
import { trialEn } from './trial.en';
import { timingEn } from './timing.en';

export const en: Messages = {
  ...problemsEn,
  ...catalogueEn,
  ...channelsEn,
  ...auditingEn,
  ...calendarEn,
  ...commonEn,
  ...compareEn,
  ...patternEn,
  ...sourceEn,
  ...componentsEn,
  ...dmnEn,
  ...draftingEn,
  ...drawingEn,
  ...eventsEn,
  ...feedEn,
  ...feelEn,
  ...formeditEn,
  ...filesEn,
  ...deadlinesEn,
  ...helpEn,
  ...inboxEn,
  ...inboxViewsEn,
  ...interventionsEn,
  ...accountEn,
  ...accountsEn,
  ...permissionsEn,
  ...privacyEn,
  ...signInSettingsEn,
  ...substitutionEn,
  ...logbookEn,
  ...togetherEn,
  ...trialEn,
  ...timingEn,
  ...lookEn,
  ...mineEn,
  ...modelerEn,
  ...notifyingEn,
  ...operatingEn,
  ...readingEn,
  ...othersEn,
  ...registersEn,
  ...heatEn,
  ...replayEn,
  ...reportsEn,
  ...searchEn,
  'app.name': 'Krabuan',
  'app.skip': 'Skip to content',
  'app.nav': 'Main menu',
  'app.inbox': 'My tasks',
  'app.start': 'Start a case',
  'app.cases': 'Cases',
  'app.notifications': 'Notifications',
  'app.language': 'ภาษาไทย',
  'app.userMenu': 'Account of {name}',
  'app.signOut': 'Sign out',
  'app.groups': 'Groups',
  'app.notFound': 'This page does not exist',
  'app.home': 'Back to my tasks',
  'app.crash': 'Something went wrong on this page. Please load it again.',
  'app.reload': 'Load again',
  'time.days': '{n} d',
  'time.hours': '{n} h',
  'time.minutes': '{n} min',
  'time.seconds': '{n} s',
  'time.left': '{span} left',
  'time.over': '{span} overdue',
  'time.none': 'No due time',
  'time.due': 'Due {date}',
  'date.open': 'Open the calendar',
  'date.year': 'Please enter a complete date with a year of four digits.',
  'date.buddhistYear': 'Please enter a complete date with a year of the Buddhist era.',
  'signin.title': 'Sign in',
  'signin.elsewhere': 'Or sign in with',
  'signin.username': 'User name',
  'signin.password': 'Password',
  'signin.submit': 'Sign in',
  'signin.working': 'Signing in',
  'signin.wrong': 'The user name or the password is not right.',
  'signin.ended': 'Your session has ended. Please sign in again.',
  'inbox.title': 'My tasks',
  'inbox.views': 'Views of the task list',
  'inbox.mine': 'Mine',
  'inbox.groups': 'My groups',
  'inbox.overdue': 'Overdue',
  'inbox.dueSoon': 'Due soon',
  'inbox.done': 'Done',
  'inbox.toSign': 'To sign',
  'inbox.search': 'Search tasks',
  'inbox.searchHint': 'Task, process or case number',
  'inbox.task': 'Task',
  'inbox.process': 'Process',
  'inbox.assignee': 'Assignee',
  'inbox.due': 'Due',
  'inbox.completed': 'Completed',
  'inbox.step': 'Step {n}',
  'inbox.case': 'Case {id}',
  'inbox.unassigned': 'Unassigned',
  'inbox.me': 'Me',
  'inbox.claim': 'Claim',
  'inbox.claimTask': 'Claim {name}',
  'inbox.empty': 'There is no task in this list',
  'inbox.seeGroups': 'See the tasks of my groups',
  'inbox.taken': 'Somebody else has claimed this task first.',
  'inbox.emptySearch': 'No task matches the search',
  'inbox.fresh': 'New tasks: {n}',
  'inbox.showFresh': 'Show new tasks',
  'inbox.gone': 'No longer in this list',
  'inbox.statutory': 'Statutory deadline',
  'inbox.list': 'Tasks',
  'task.title': 'Task',
  'task.details': 'About this task',
  'task.step': 'Step',
  'task.created': 'Received',
  'task.createdBy': 'Case started by',
  'task.groups': 'Candidate groups',
  'task.assignee': 'Assignee',
  'task.due': 'Due',
  'task.completedAt': 'Completed',
  'task.claim': 'Claim this task',
  'task.unclaim': 'Give back',
  'task.complete': 'Complete',
  'task.completing': 'Completing',
  'task.done': 'You completed “{name}”',
  'task.claimFirst': 'Claim the task first, then fill in the form and complete it.',
  'task.notYours': 'This task waits for somebody of the responsible groups.',
  'task.assignedTo': '{name} has claimed this task.',
  'task.state.COMPLETED': 'This task is completed.',
  'task.state.CANCELED': 'This task was cancelled.',
  'task.form': 'Form',
  'form.masked': 'This is above the confidentiality class that you are cleared for. Its value is kept as it is.',
  'task.noForm': 'This task has no form. When the work is done, choose “Complete”.',
  'task.diagram': 'Present position in the process',
  'task.conflict':
    'The task changed while you were working. The latest state is loaded; please check and complete again.',
  'task.fixFields': 'Please correct these entries ({n}):',
  'task.fixControlPoints': 'The task cannot be completed: these control points are not satisfied.',
  'task.late.title': 'The deadline has passed: {name}',
  'task.late.ended': 'It ended {date}.',
  'task.late.reasons':
    'You can still complete the task: give the unavoidable reasons in “{field}”. The control point will be recorded as failed.',
  'task.late.until': 'Late completion is possible until {date}; after that it is recorded as out of term.',
  'task.late.outOfTerm': 'The period for late completion is over; it will be recorded as out of term.',
  'task.late.step': 'The standard time of this step is over.',
  'control.title': 'Control points',
  'control.none': 'No control points',
  'control.OPEN': 'Open',
  'control.READY': 'Complete',
  'control.PASSED': 'Passed',
  'control.FAILED': 'Failed',
  'control.WAIVED': 'Waived',
  'control.optional': 'optional',
  'control.missing.formField': 'Fill in “{field}”',
  'control.missing.value': 'Fill in “{field}” as the condition demands',
  'control.missing.condition': 'The condition is checked on completion',
  'control.missing.decision': 'A decision table checks this on completion',
  'control.missing.deadline': 'Complete before the deadline; afterwards reasons are demanded',
  'control.missing.standardTime': 'Complete within the standard time; afterwards reasons are demanded',
  'control.goto': 'Go to the field',
  'control.gotoField': 'Go to the field: {field}',
  'comments.title': 'Comments',
  'comments.empty': 'No comments yet',
  'comments.add': 'Add a comment',
  'comments.send': 'Send',
  'case.title': 'Case',
  'case.state.ACTIVE': 'Active',
  'case.state.COMPLETED': 'Completed',
  'case.state.SUSPENDED': 'Suspended',
  'case.state.TERMINATED': 'Cancelled',
  'case.incident': 'Incident',
  'case.diagram': 'Process and the path taken',
  'case.legendTaken': 'Path taken',
  'case.legendActive': 'Present step',
  'case.legendCount': 'Times completed',
  'case.legendSample': '2',
  'case.deadlines': 'Deadlines',
  'case.timeline': 'History',
  'case.variables': 'Data at that moment',
  'case.variablesAt': 'Data after event {n}',
  'case.variablesHint': 'Choose an event of the history to see the data of the case at that moment.',
  'case.variable': 'Name',
  'case.value': 'Value',
  'case.noVariables': 'No data yet',
  'case.showVariables': 'Data at this moment',
  'case.allEvents': 'Show internal events too',
  'case.eventDetails': 'Details',
  'case.hash': 'Hash {hash}',
  'case.local': 'of one step only',
  'case.chainGood': 'Verified: the history is complete and unchanged ({n} events)',
  'case.chainBad': 'Warning: the history was altered from event {n} on',
  'case.chainChecking': 'Verifying the history',
  'case.tab': 'Parts of the case',
  'correction.title': 'Correct the start data',
  'correction.hint': 'Deadlines that count from these data move with them; the history records the correction.',
  'correction.submit': 'Save the correction',
  'correction.done': 'The start data are corrected.',
  'correction.back': 'Back to the case',
  'correction.noForm': 'This process has no start form.',
  'control.reasonWas': 'Reason: {text}',
};
