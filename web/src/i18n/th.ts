/** Thai texts: official, plain, short. English has the same keys (see en.ts). */
import { accountTh } from './account.th';
import { accountsTh } from './accounts.th';
import { catalogueTh } from './catalogue.th';
import { channelsTh } from './channels.th';
import { auditingTh } from './auditing.th';
import { calendarTh } from './calendar.th';
import { commonTh } from './common.th';
import { compareTh } from './compare.th';
import { componentsTh } from './components.th';
import { deadlinesTh } from './deadlines.th';
import { dmnTh } from './dmn.th';
import { draftingTh } from './drafting.th';
import { drawingTh } from './drawing.th';
import { eventsTh } from './events.th';
import { feedTh } from './feed.th';
import { feelTh } from './feel.th';
import { formeditTh } from './formedit.th';
import { helpTh } from './help.th';
import { filesTh } from './files.th';
import { inboxTh } from './inbox.th';
import { inboxViewsTh } from './inboxViews.th';
import { interventionsTh } from './interventions.th';
import { logbookTh } from './logbook.th';
import { lookTh } from './look.th';
import { mineTh } from './mine.th';
import { modelerTh } from './modeler.th';
import { notifyingTh } from './notifying.th';
import { operatingTh } from './operating.th';
import { readingTh } from './reading.th';
import { othersTh } from './others.th';
import { patternTh } from './pattern.th';
import { sourceTh } from './source.th';
import { permissionsTh } from './permissions.th';
import { privacyTh } from './privacy.th';
import { problemsTh } from './problems.th';
import { registersTh } from './registers.th';
import { heatTh } from './heat.th';
import { replayTh } from './replay.th';
import { reportsTh } from './reports.th';
import { searchTh } from './search.th';
import { signInSettingsTh } from './signInSettings.th';
import { substitutionTh } from './substitution.th';
import { togetherTh } from './together.th';
import { trialTh } from './trial.th';
import { timingTh } from './timing.th';

export const th = {
  ...problemsTh,
  ...catalogueTh,
  ...channelsTh,
  ...auditingTh,
  ...calendarTh,
  ...commonTh,
  ...compareTh,
  ...patternTh,
  ...sourceTh,
  ...componentsTh,
  ...dmnTh,
  ...draftingTh,
  ...drawingTh,
  ...eventsTh,
  ...feedTh,
  ...feelTh,
  ...formeditTh,
  ...filesTh,
  ...deadlinesTh,
  ...helpTh,
  ...inboxTh,
  ...inboxViewsTh,
  ...interventionsTh,
  ...accountTh,
  ...accountsTh,
  ...permissionsTh,
  ...privacyTh,
  ...signInSettingsTh,
  ...substitutionTh,
  ...logbookTh,
  ...togetherTh,
  ...trialTh,
  ...timingTh,
  ...lookTh,
  ...mineTh,
  ...modelerTh,
  ...notifyingTh,
  ...operatingTh,
  ...readingTh,
  ...othersTh,
  ...registersTh,
  ...heatTh,
  ...replayTh,
  ...reportsTh,
  ...searchTh,
  'app.name': 'กระบวน',
  'app.skip': 'ข้ามไปยังเนื้อหา',
  'app.nav': 'เมนูหลัก',
  'app.inbox': 'งานของฉัน',
  'app.start': 'เริ่มเรื่องใหม่',
  'app.cases': 'ทะเบียนเรื่อง',
  'app.notifications': 'การแจ้งเตือน',
  'app.language': 'English',
  'app.userMenu': 'บัญชีผู้ใช้ {name}',
  'app.signOut': 'ออกจากระบบ',
  'app.groups': 'กลุ่มงาน',
  'app.notFound': 'ไม่พบหน้าเว็บที่ต้องการ',
  'app.home': 'กลับไปหน้างานของฉัน',
  'app.crash': 'เกิดข้อผิดพลาดในหน้านี้ โปรดเปิดหน้าใหม่อีกครั้ง',
  'app.reload': 'เปิดหน้าใหม่',
  'time.days': '{n} วัน',
  'time.hours': '{n} ชม.',
  'time.minutes': '{n} นาที',
  'time.seconds': '{n} วินาที',
  'time.left': 'เหลือ {span}',
  'time.over': 'เกินกำหนด {span}',
  'time.none': 'ไม่มีกำหนด',
  'time.due': 'กำหนด {date}',
  'date.open': 'เปิดปฏิทิน',
  'date.year': 'โปรดกรอกวันที่ให้ครบถ้วน ปีมี ๔ หลัก',
  'date.buddhistYear': 'โปรดกรอกวันที่ให้ครบถ้วน และใช้ปีพุทธศักราช ๔ หลัก',
  'signin.title': 'เข้าสู่ระบบ',
  'signin.elsewhere': 'หรือเข้าสู่ระบบด้วย',
  'signin.username': 'ชื่อผู้ใช้',
  'signin.password': 'รหัสผ่าน',
  'signin.submit': 'เข้าสู่ระบบ',
  'signin.working': 'กำลังเข้าสู่ระบบ',
  'signin.wrong': 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง',
  'signin.ended': 'หมดเวลาใช้งาน โปรดเข้าสู่ระบบอีกครั้ง',
  'inbox.title': 'งานของฉัน',
  'inbox.views': 'มุมมองรายการงาน',
  'inbox.mine': 'งานที่ฉันรับไว้',
  'inbox.groups': 'งานของกลุ่ม',
  'inbox.overdue': 'เกินกำหนด',
  'inbox.dueSoon': 'ใกล้ครบกำหนด',
  'inbox.done': 'เสร็จแล้ว',
  'inbox.toSign': 'รอฉันร่วมลงนาม',
  'inbox.search': 'ค้นหางาน',
  'inbox.searchHint': 'ชื่องาน กระบวนงาน หรือเลขที่เรื่อง',
  'inbox.task': 'งาน',
  'inbox.process': 'กระบวนงาน',
  'inbox.assignee': 'ผู้รับงาน',
  'inbox.due': 'กำหนดเสร็จ',
  'inbox.completed': 'เสร็จเมื่อ',
  'inbox.step': 'ขั้นที่ {n}',
  'inbox.case': 'เรื่อง {id}',
  'inbox.unassigned': 'ยังไม่มีผู้รับ',
  'inbox.me': 'ฉัน',
  'inbox.claim': 'รับงาน',
  'inbox.claimTask': 'รับงาน {name}',
  'inbox.empty': 'ไม่มีงานในรายการนี้',
  'inbox.seeGroups': 'ดูงานของกลุ่ม',
  'inbox.taken': 'มีผู้อื่นรับงานนี้ไปก่อนแล้ว',
  'inbox.emptySearch': 'ไม่พบงานที่ตรงกับคำค้น',
  'inbox.fresh': 'มีงานใหม่ {n} เรื่อง',
  'inbox.showFresh': 'แสดงงานใหม่',
  'inbox.gone': 'ออกจากรายการแล้ว',
  'inbox.statutory': 'กำหนดตามกฎหมาย',
  'inbox.list': 'รายการงาน',
  'task.title': 'งาน',
  'task.details': 'ข้อมูลงาน',
  'task.step': 'ขั้นตอนที่',
  'task.created': 'ได้รับเมื่อ',
  'task.createdBy': 'ผู้เริ่มเรื่อง',
  'task.groups': 'กลุ่มที่รับผิดชอบ',
  'task.assignee': 'ผู้รับงาน',
  'task.due': 'กำหนดเสร็จ',
  'task.completedAt': 'เสร็จเมื่อ',
  'task.claim': 'รับงานนี้',
  'task.unclaim': 'คืนงาน',
  'task.complete': 'ส่งงาน',
  'task.completing': 'กำลังส่งงาน',
  'task.done': 'ส่งงาน “{name}” แล้ว',
  'task.claimFirst': 'โปรดรับงานก่อน จึงจะกรอกแบบฟอร์มและส่งงานได้',
  'task.notYours': 'งานนี้รอผู้รับจากกลุ่มที่รับผิดชอบ',
  'task.assignedTo': 'งานนี้ {name} รับไว้แล้ว',
  'task.state.COMPLETED': 'งานนี้เสร็จแล้ว',
  'task.state.CANCELED': 'งานนี้ถูกยกเลิก',
  'task.form': 'แบบฟอร์ม',
  'form.masked': 'ข้อมูลนี้มีชั้นความลับสูงกว่าระดับที่คุณได้รับอนุญาต ระบบจะเก็บค่าเดิมไว้',
  'task.noForm': 'งานนี้ไม่มีแบบฟอร์ม เมื่อดำเนินการเสร็จแล้ว กด “ส่งงาน”',
  'task.diagram': 'ตำแหน่งปัจจุบันในผังกระบวนงาน',
  'task.conflict': 'มีการเปลี่ยนแปลงงานนี้ระหว่างที่คุณกรอก ระบบโหลดข้อมูลล่าสุดแล้ว โปรดตรวจสอบและส่งอีกครั้ง',
  'task.fixFields': 'โปรดแก้ไข {n} รายการต่อไปนี้',
  'task.fixControlPoints': 'ยังส่งงานไม่ได้ เพราะจุดควบคุมต่อไปนี้ยังไม่ครบ',
  'task.late.title': 'พ้นกำหนดแล้ว: {name}',
  'task.late.ended': 'ครบกำหนดเมื่อ {date}',
  'task.late.reasons': 'ยังส่งงานได้ แต่ต้องระบุเหตุผลความจำเป็นในช่อง “{field}” และระบบจะบันทึกจุดควบคุมว่าไม่ผ่าน',
  'task.late.until': 'ส่งล่าช้าได้ถึง {date} หลังจากนั้นจะบันทึกว่าพ้นระยะเวลา',
  'task.late.outOfTerm': 'พ้นระยะเวลาที่ส่งล่าช้าได้แล้ว ระบบจะบันทึกว่าพ้นระยะเวลา',
  'task.late.step': 'ขั้นตอนนี้เกินเวลามาตรฐานแล้ว',
  'control.title': 'จุดควบคุม',
  'control.none': 'ไม่มีจุดควบคุม',
  'control.OPEN': 'ยังไม่ครบ',
  'control.READY': 'ครบแล้ว',
  'control.PASSED': 'ผ่าน',
  'control.FAILED': 'ไม่ผ่าน',
  'control.WAIVED': 'ได้รับยกเว้น',
  'control.optional': 'ไม่บังคับ',
  'control.missing.formField': 'ต้องกรอก “{field}”',
  'control.missing.value': 'ต้องกรอก “{field}” ให้เป็นไปตามเงื่อนไข',
  'control.missing.condition': 'ระบบตรวจเงื่อนไขเมื่อส่งงาน',
  'control.missing.decision': 'ระบบตรวจตามตารางตัดสินใจเมื่อส่งงาน',
  'control.missing.deadline': 'ต้องส่งงานก่อนครบกำหนด หากเกินกำหนดต้องระบุเหตุผล',
  'control.missing.standardTime': 'ต้องส่งงานภายในเวลามาตรฐาน หากเกินเวลาต้องระบุเหตุผล',
  'control.goto': 'ไปยังช่องนี้',
  'control.gotoField': 'ไปยังช่องนี้: {field}',
  'comments.title': 'ความเห็น',
  'comments.empty': 'ยังไม่มีความเห็น',
  'comments.add': 'เพิ่มความเห็น',
  'comments.send': 'ส่งความเห็น',
  'case.title': 'เรื่อง',
  'case.state.ACTIVE': 'กำลังดำเนินการ',
  'case.state.COMPLETED': 'เสร็จสิ้น',
  'case.state.SUSPENDED': 'พักไว้',
  'case.state.TERMINATED': 'ยกเลิก',
  'case.incident': 'มีเหตุขัดข้อง',
  'case.diagram': 'ผังกระบวนงานและเส้นทางที่ผ่าน',
  'case.legendTaken': 'เส้นทางที่ผ่านแล้ว',
  'case.legendActive': 'ขั้นตอนปัจจุบัน',
  'case.legendCount': 'จำนวนครั้งที่ผ่าน',
  'case.legendSample': '๒',
  'case.deadlines': 'กำหนดเวลา',
  'case.timeline': 'ประวัติ',
  'case.variables': 'ข้อมูล ณ เวลานั้น',
  'case.variablesAt': 'ข้อมูลหลังเหตุการณ์ที่ {n}',
  'case.variablesHint': 'เลือกเหตุการณ์ในประวัติ เพื่อดูข้อมูลของเรื่อง ณ เวลานั้น',
  'case.variable': 'ชื่อข้อมูล',
  'case.value': 'ค่า',
  'case.noVariables': 'ยังไม่มีข้อมูล',
  'case.showVariables': 'ดูข้อมูล ณ เวลานี้',
  'case.allEvents': 'แสดงเหตุการณ์ภายในระบบด้วย',
  'case.eventDetails': 'รายละเอียด',
  'case.hash': 'ค่าแฮช {hash}',
  'case.local': 'เฉพาะขั้นตอน',
  'case.chainGood': 'ตรวจสอบแล้ว: ประวัติครบถ้วน ไม่ถูกแก้ไข ({n} เหตุการณ์)',
  'case.chainBad': 'คำเตือน: ประวัติถูกแก้ไขตั้งแต่เหตุการณ์ที่ {n}',
  'case.chainChecking': 'กำลังตรวจสอบประวัติ',
  'case.tab': 'ส่วนของเรื่อง',
  'correction.title': 'แก้ไขข้อมูลตั้งต้น',
  'correction.hint': 'กำหนดเวลาที่นับจากข้อมูลนี้จะเลื่อนตาม และระบบบันทึกการแก้ไขไว้ในประวัติ',
  'correction.submit': 'บันทึกการแก้ไข',
  'correction.done': 'แก้ไขข้อมูลตั้งต้นแล้ว',
  'correction.back': 'กลับไปที่เรื่อง',
  'correction.noForm': 'กระบวนงานนี้ไม่มีแบบฟอร์มตั้งต้น',
  'control.reasonWas': 'เหตุผล: {text}',
} as const;
