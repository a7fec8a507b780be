// The page for the bureau: asks /v1/bureau/… and shows what it answers. What it shows comes from outside and is only ever set as text.
'use strict';

const WORDS = {
  zh: {
    tab_state: '状态', tab_find: '查询', tab_subjects: '主体', tab_check: '核对', tab_captures: '自动取证', tab_exports: '调取', tab_keeping: '保存期', tab_access: '访问日志', practice: '练习系统', language: 'English',
    officer: '执法人员', reviewer: '复核人员', leader: '单位负责人', administrator: '系统管理员', auditor: '审计人员',
    stations: '工作站', log: '存证日志', no_log: '存证日志还没有记录', station: '工作站', unit: '单位', sent: '证据包', last: '最近一次收到', none: '—',
    received: '已收到的证据包', refused: '拒收', open: '正在上传', verifying: '正在核验', store: '存储', answers: '正常', away: '不可用',
    number: '证据包编号（可只写开头）', fingerprint: '封签指纹', search: '查询', more: '更多', found: (n, more) => `${n} 份${more ? '以上' : ''}`, nothing: '本单位没有这样的证据包',
    words: '名称、网店、地址的任意两个字以上，或信用代码、注册号的开头', region: '区划代码开头', kind: '种类', any: '不限', subjects_found: (n, capped) => `${n} 个主体${capped ? '以上' : ''}`, behind: (n) => `，另有 ${n} 处改动还没有编入索引`, no_subjects: '没有这样的主体',
    name: '名称', code: '代码', address: '地址', supervisor: '监管单位', changed_at: '最近改动', e503_search: '现在不能检索主体，其他功能不受影响，请稍后再试。',
    kinds: ['种类不明', '企业', '个体工商户', '农民专业合作社', '分支机构', '外资企业', '机关事业单位', '自然人', '其他种类'], states: ['状态不明', '在营', '停业', '吊销', '注销', '迁出'],
    package: '证据包', verdict: '结论', received_at: '收到时间', size: '大小', index: '日志序号', keep: '保存至', act: '', ask: '申请调取',
    whole: '完整', incomplete: '不完整', practice_package: '练习',
    check_lead: '把证据包文件（ZIP）拖到这里：逐个文件计算摘要，与封签比对，再问本系统是否收到过。文件只在本机读取，不会上传。签名和时间戳请用 guzheng-evidence verify 核验。',
    drop: '把 ZIP 拖到这里，或者：', choose: '选择文件…',
    good: '本系统收到过此证据包，文件没有改动', good_zip: '本系统收到过这个文件，一字未改', changed_title: '此证据包已被改动', unknown_whole: '文件与封签一致，但本系统没有收到过此证据包', unknown_zip: '本系统没有收到过这个文件',
    unknown_other: '不是证据包，或文件不完整；本系统没有收到过', upload_note: '这是加密的上传形式：只能按整个文件比对。如有改动，或不是原来上传的那个文件，都会显示为没有收到过。',
    known_number: '日志序号', files: '核对的文件', zip: '文件 SHA-256', still_known: '它的封签本系统收到过：原件可向保存单位调取。', not_known: '它的封签本系统也没有收到过。',
    changed: '内容被改动', missing: '缺少', unlisted: '多出，不在封签之内', bad_list: '清单不合格式', cut: '文件不完整', no_zip: '不是证据包的 ZIP',
    exports_lead: '调取已收到的证据包须两人：本单位人员写明理由申请，本单位负责人（不是申请人）批准；批准后 24 小时内只有申请人可以下载。下载的是当初上传的加密文件。',
    asked_by: '申请', reason: '理由', state: '状态', decided_by: '处理', asked: '待批准', approved: '已批准', refused_export: '未批准', over: '已过期', until: '至', approve: '批准', refuse: '不批准', fetch: '下载', no_exports: '没有申请',
    keeping_lead: '证据在两个存储中锁定到期之前，任何人都不能删除，也不能缩短。锁定期之外可以另定保存期：延长由本单位一人即可，立即生效；缩短，或把案件证据改为自动采集，须两人：本单位人员写明理由申请，本单位负责人（不是申请人）批准。案件证据不少于三年，自动采集不少于 30 天，自收到之日起算。',
    class_case: '案件证据', class_automatic: '自动采集', before: '原定', wanted: '改为', lengthened: '已延长', change: '保存期…', no_keeping: '没有改动', keep_title: '改保存期', keep_kind: '类别', keep_until: '保存到（含当日）',
    access_lead: '本服务器的访问日志，最新的在前：谁、何时、做了什么、是否被拒绝。每一行与前一行相扣。多台服务器各有自己的日志。', who: '证号、工作站或地址', day: '日期', refused_only: '被拒绝', accesses: '访问', retention_acts: '保存期', time: '时间', what: '事项', older: '更早', chain_good: '所列各行首尾相扣，没有改动', chain_bad: '日志被改动或损坏：', no_lines: '没有这样的记录',
    captures_lead: '自动取证的结果须经执法人员复核确认才能作为证据（《行政处罚法》第四十一条）。复核在保存证据包的工作站上进行，随证据包上传；确认后立案的长期保存，到期无人复核的过期。',
    orders: '触发取证指令', index_of_order: '编号', ordered_at: '下达', review: '复核', review_by: '复核人', expires: '过期时间', kept: '保存至', case_no: '案号', file_case: '立案…', no_captures: '没有自动取证', no_orders: '没有触发取证指令', order: '指令', subject: '主体', deadline: '期限', progress: '进展', case_about: '请写案号，会记入系统，不能更改。',
    s_review: '待复核', s_confirmed: '已确认', s_refused: '不予确认', s_expired: '逾期未复核，已过期', s_queued: '排队', s_taken: '取证中', s_captured: '已封存，上传中', s_failed: '未能取证', s_lapsed: '逾期未执行', s_withdrawn: '已撤回', withdraw: '撤回…',
    reason_withdraw: '撤回指令', reason_case: '立案', reason_ask: '申请调取', reason_refuse: '不批准', reason_about: '请写明理由，会记入系统，不能更改。', cancel: '取消', ok: '提交',
    e401: '没有出示证书：请在浏览器中导入本人的证书后重新打开。', e403: '不允许：', e429: '请求过多，请稍后再试。', e503: '系统暂时不能回答，请稍后再试。', offline: '连不上服务器。', other: '没有办成：',
  },
  en: {
    tab_state: 'State', tab_find: 'Search', tab_subjects: 'Subjects', tab_check: 'Check', tab_captures: 'Automatic', tab_exports: 'Hand out', tab_keeping: 'Retention', tab_access: 'Access log', practice: 'practice system', language: '中文',
    officer: 'officer', reviewer: 'reviewer', leader: 'unit lead', administrator: 'administrator', auditor: 'auditor',
    stations: 'Stations', log: 'Evidence log', no_log: 'The evidence log has no entry yet', station: 'Station', unit: 'Unit', sent: 'Packages', last: 'Last received', none: '—',
    received: 'Packages received', refused: 'Refused', open: 'Being uploaded', verifying: 'Being verified', store: 'Store', answers: 'in order', away: 'not available',
    number: 'Package number (or its beginning)', fingerprint: 'Seal fingerprint', search: 'Search', more: 'More', found: (n, more) => `${n}${more ? ' or more' : ''} found`, nothing: 'No such package of your unit',
    words: 'Two characters or more of a name, shop or address, or the beginning of a code', region: 'Region code (beginning)', kind: 'Kind', any: 'any', subjects_found: (n, capped) => `${n}${capped ? ' or more' : ''} subjects`, behind: (n) => `, ${n} changes are not in the index yet`, no_subjects: 'No such subject',
    name: 'Name', code: 'Code', address: 'Address', supervisor: 'Supervision unit', changed_at: 'Last change', e503_search: 'Subjects cannot be searched now, nothing else is affected; try again in a moment.',
    kinds: ['unknown', 'company', 'sole trader', 'cooperative', 'branch', 'foreign-invested', 'institution', 'person', 'other'], states: ['unknown', 'open', 'suspended', 'revoked', 'deregistered', 'moved'],
    package: 'Package', verdict: 'Verdict', received_at: 'Received', size: 'Size', index: 'Log index', keep: 'Kept until', act: '', ask: 'Ask for it',
    whole: 'whole', incomplete: 'incomplete', practice_package: 'practice',
    check_lead: 'Drop a package (ZIP) here: each file is digested and held to the seal, then this system is asked whether it received it. The file is read on this computer and not uploaded. Signatures and time stamps: use guzheng-evidence verify.',
    drop: 'Drop a ZIP here, or:', choose: 'Choose a file…',
    good: 'Received by this system, and unchanged', good_zip: 'This very file was received by this system', changed_title: 'This package was changed', unknown_whole: 'The files agree with the seal, but this system never received the package', unknown_zip: 'This system never received this file',
    unknown_other: 'No package, or not whole; never received by this system', upload_note: 'This is the encrypted upload form, which can only be compared as a whole: changed, or another than was uploaded, it shows as never received.',
    known_number: 'Log index', files: 'Files checked', zip: 'SHA-256 of the file', still_known: 'Its seal was received by this system: the original can be asked for.', not_known: 'Nor was its seal ever received by this system.',
    changed: 'changed', missing: 'missing', unlisted: 'not covered by the seal', bad_list: 'a list of another form', cut: 'cut short', no_zip: 'no ZIP of a package',
    exports_lead: 'Handing out a package takes two persons: somebody of the unit asks with a reason, a lead of the unit (not who asked) approves; then who asked, and nobody else, may download it for 24 hours. What is downloaded is the encrypted file as it was uploaded.',
    asked_by: 'Asked', reason: 'Reason', state: 'State', decided_by: 'Decided', asked: 'waiting', approved: 'approved', refused_export: 'refused', over: 'over', until: 'until', approve: 'Approve', refuse: 'Refuse', fetch: 'Download', no_exports: 'Nothing was asked for',
    keeping_lead: 'Until the locks of both stores end nobody removes evidence or shortens them. Beyond the lock a package may be planned to be kept longer: one person of the unit makes it longer, at once; to make it shorter, or evidence of a case an automatic capture, takes two: somebody of the unit asks with a reason, a lead of the unit (not who asked) approves. Evidence of a case is kept for three years at least, an automatic capture for 30 days, from the day it was received.',
    class_case: 'evidence of a case', class_automatic: 'automatic capture', before: 'Was', wanted: 'To be', lengthened: 'made longer', change: 'Retention…', no_keeping: 'Nothing was changed', keep_title: 'Change retention', keep_kind: 'Class', keep_until: 'Keep until (that day too)',
    access_lead: 'The access log of this server, newest first: who did what, when, and whether it was refused. Each line holds to the one before it. Where there are several servers each has its own.', who: 'Badge, station or address', day: 'Day', refused_only: 'refused', accesses: 'accesses', retention_acts: 'retention', time: 'Time', what: 'What', older: 'Earlier', chain_good: 'Every line here follows the one before it: unchanged', chain_bad: 'The log was changed or is damaged: ', no_lines: 'No such line',
    captures_lead: 'What was captured automatically is evidence only once an officer has reviewed and confirmed it (行政处罚法 41). The review is made at the workstation that keeps the package and comes with it; confirmed and with a case it is kept for long, unreviewed it expires.',
    orders: 'Orders of triggered captures', index_of_order: 'Number', ordered_at: 'Ordered', review: 'Review', review_by: 'Reviewed', expires: 'Expires', kept: 'Kept until', case_no: 'Case', file_case: 'File a case…', no_captures: 'Nothing was captured automatically', no_orders: 'No orders', order: 'Order', subject: 'Subject', deadline: 'Deadline', progress: 'Progress', case_about: 'Give the case number. It is kept and cannot be changed.',
    s_review: 'waits for its review', s_confirmed: 'confirmed', s_refused: 'refused', s_expired: 'expired unreviewed', s_queued: 'queued', s_taken: 'being captured', s_captured: 'sealed, on its way', s_failed: 'failed', s_lapsed: 'lapsed', s_withdrawn: 'withdrawn', withdraw: 'Withdraw…',
    reason_withdraw: 'Withdraw the order', reason_case: 'File a case', reason_ask: 'Ask for a package', reason_refuse: 'Refuse', reason_about: 'Give the reason. It is kept and cannot be changed.', cancel: 'Cancel', ok: 'Submit',
    e401: 'No certificate was shown: import your own into the browser, then open this page again.', e403: 'Not allowed: ', e429: 'Too many requests, try again in a moment.', e503: 'The system cannot answer now, try again in a moment.', offline: 'The server cannot be reached.', other: 'It could not be done: ',
  },
};
const TABS = ['state', 'find', 'subjects', 'check', 'captures', 'exports', 'keeping', 'access'];
const tabs = () => TABS.filter((tab) => (tab !== 'access' || me?.role === 'auditor') && (tab !== 'subjects' || me?.role !== 'administrator'));
// As the interface spells them, in the order of their words above.
const KINDS = ['unknown', 'company', 'sole-trader', 'cooperative', 'branch', 'foreign', 'institution', 'person', 'other'], STATES = ['unknown', 'open', 'suspended', 'revoked', 'deregistered', 'moved'];

let language = (() => {
  try {
    return localStorage.getItem('language') || '';
  } catch {
    return '';
  }
})() || (navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh');
let me = null, shown = 'state', list = [], more = false, lines = [], next = 0, problem = '', subjects = [], next_subject = 0;
const say = (key, ...more_words) => {
  const word = WORDS[language][key];
  return typeof word === 'function' ? word(...more_words) : word ?? key;
};
const at = (id) => document.getElementById(id);

function make(tag, text = '', kind = '') {
  const out = document.createElement(tag);
  out.textContent = text;
  if (kind) out.className = kind;
  return out;
}

function trouble(text) {
  at('trouble').textContent = text;
  at('trouble').hidden = !text;
}

// The answer's JSON; null and a sentence on the page when there is none. 404 is an answer.
async function ask(path, body) {
  let answer;
  try {
    answer = await fetch('/v1/bureau/' + path, body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  } catch {
    trouble(say('offline'));
    return null;
  }
  const json = await answer.json().catch(() => ({}));
  if (answer.ok || answer.status === 404) {
    trouble('');
    return answer.ok ? json : { unknown: true };
  }
  const told = { 401: say('e401'), 403: say('e403') + (json.why ?? ''), 429: say('e429'), 503: say(json.error === 'search-away' ? 'e503_search' : 'e503') };
  trouble(told[answer.status] ?? say('other') + (json.why ?? answer.status));
  return null;
}

const time = (text) => (text ? text.slice(0, 19).replace('T', ' ') : say('none'));
const day = (text) => text.slice(0, 10);
// The last day of a time until which something is kept: it ends at midnight, the day's or the next one's.
function last_day(text) {
  const [year, month, date] = text.slice(0, 10).split('-').map(Number);
  return text.slice(11, 23) === '00:00:00.000' ? new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10) : text.slice(0, 10);
}
function size(bytes) {
  for (const unit of ['B', 'KiB', 'MiB', 'GiB']) {
    if (bytes < 1024 || unit === 'GiB') return (unit === 'B' ? bytes : bytes.toFixed(1)) + ' ' + unit;
    bytes /= 1024;
  }
}

function fill(table, heads, rows, empty) {
  const head = make('tr');
  for (const one of heads) head.append(one instanceof Node ? one : make('th', one));
  at(table).tHead.replaceChildren(head);
  const body = rows.map((cells) => {
    const row = make('tr');
    for (const cell of cells) row.append(cell instanceof Node ? cell : make('td', cell));
    return row;
  });
  if (rows.length === 0 && empty) {
    const row = make('tr'), cell = make('td', empty, 'soft');
    cell.colSpan = heads.length;
    row.append(cell);
    body.push(row);
  }
  at(table).tBodies[0].replaceChildren(...body);
}
const number_head = (text) => make('th', text, 'number');
const number_cell = (value) => make('td', String(value), 'number');

function card(name, value, kind = '', word = false) {
  const out = make('div', '', 'card');
  out.append(make('div', name, 'name'), make('div', String(value), 'value ' + (word ? 'word ' : '') + kind));
  return out;
}

async function show_state() {
  const state = await ask('state');
  if (!state) return;
  const { packages, uploads, stores, stations, log } = state;
  at('cards').replaceChildren(card(say('received'), packages.received), card(say('refused'), packages.refused, packages.refused > 0 ? 'warn' : ''), card(say('open'), uploads.open), card(say('verifying'), uploads.verifying),
    ...stores.map((one) => card(`${say('store')} ${one.name}`, say(one.answers ? 'answers' : 'away'), one.answers ? 'good' : 'bad', true)));
  fill('stations', [say('station'), say('unit'), number_head(say('sent')), say('last')], stations.map((one) => [one.id, one.unit || say('none'), number_cell(one.packages), time(one.last)]), say('none'));
  at('checkpoint').textContent = log.checkpoint || say('no_log');
}

function package_cell(one) {
  const cell = make('td');
  cell.append(make('div', one.package), make('div', one.fingerprint, 'digest'));
  return cell;
}

function ask_cell(one) {
  const cell = make('td');
  if (['officer', 'reviewer', 'leader'].includes(me.role)) {
    const button = make('button', say('ask'));
    button.type = 'button';
    button.addEventListener('click', async () => {
      const reason = await why('reason_ask', one.package);
      if (reason !== null && await ask('exports', { zip_sha256: one.zip_sha256, reason })) open('exports');
    });
    const keep = make('button', say('change'));
    keep.type = 'button';
    keep.className = 'keep';
    keep.addEventListener('click', async () => {
      const wanted = await plan(one);
      if (wanted && await ask('retention', { zip_sha256: one.zip_sha256, ...wanted })) open('keeping');
    });
    cell.append(button, keep);
  }
  return cell;
}

function show_packages() {
  const verdict = (word) => {
    const cell = make('td');
    cell.append(make('div', say(word === 'practice' ? 'practice_package' : word), word === 'incomplete' ? 'date warn' : 'date'));
    return cell;
  };
  fill('packages', [say('package'), say('verdict'), say('received_at'), number_head(say('size')), number_head(say('index')), say('keep'), say('act')],
    list.map((one) => [package_cell(one), verdict(one.verdict), time(one.received_at), number_cell(size(one.bytes)), number_cell(one.index), plan_cell(one.plan), ask_cell(one)]), say('nothing'));
  at('found').textContent = list.length ? say('found', list.length, more) : '';
  at('more').hidden = !more;
}

async function search(on) {
  const asked = new URLSearchParams();
  const number = at('number').value.trim().toUpperCase(), fingerprint = at('fingerprint').value.trim().toLowerCase();
  if (number) asked.set('number', number);
  if (fingerprint) asked.set('fingerprint', fingerprint);
  if (on) asked.set('before', list.at(-1).index);
  const text = asked.toString();
  const found = await ask('packages' + (text ? '?' + text : ''));
  if (!found) return;
  list = on ? [...list, ...found.packages] : found.packages;
  more = found.more;
  show_packages();
}

// Words stand in a query in letters, digits, - and _ alone.
const coded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function subject_row(one) {
  const name = make('td'), code = make('td'), by = make('td'), kind = STATES.indexOf(one.state);
  name.append(make('div', one.name), make('div', one.entries.slice(0, 3).join('、'), 'soft'));
  code.append(make('div', one.credit_code || one.number), make('div', one.region, 'soft'));
  by.append(make('div', one.supervisor || say('none')));
  if (me.role === 'auditor') by.append(make('div', one.unit, 'soft'));      // whose records these are; to all others their own unit's
  return [name, code, say('kinds')[KINDS.indexOf(one.kind)] ?? one.kind, make('td', say('states')[kind] ?? one.state, kind > 1 ? 'warn' : ''), one.address, by, time(one.changed)];
}

async function search_subjects(on) {
  const asked = new URLSearchParams();
  const words = at('words').value.trim();
  if (words) asked.set('q', coded(words));
  for (const [name, field] of [['region', 'region'], ['kind', 'kind'], ['state', 'standing']]) if (at(field).value.trim()) asked.set(name, at(field).value.trim());
  if (on) asked.set('after', next_subject);
  const text = asked.toString(), found = await ask('subjects' + (text ? '?' + text : ''));
  if (!found) return;
  subjects = on ? [...subjects, ...found.subjects] : found.subjects;
  next_subject = found.next;
  fill('subject_rows', ['name', 'code', 'kind', 'state', 'address', 'supervisor', 'changed_at'].map((one) => say(one)), subjects.map(subject_row), say('no_subjects'));
  at('subjects_found').textContent = (found.count ? say('subjects_found', found.count, found.capped) : '') + (found.behind ? say('behind', found.behind) : '');
  at('more_subjects').hidden = !found.more;
}

function choices(id, values, words_of) {
  const chosen = at(id).value;
  at(id).replaceChildren(new Option(say('any'), ''), ...values.map((value, i) => new Option(words_of[i], value)));
  at(id).value = chosen;
}

function plan_cell(plan) {
  const cell = make('td');
  cell.append(make('div', last_day(plan.until), 'date'), make('div', say('class_' + plan.kind), 'soft date'));
  return cell;
}

// Who asked and who decided, with the buttons for whoever may decide; `act`: asks the system and shows the list again.
function decided_by(request, act) {
  const asked = make('td'), decided = make('td'), acts = make('td', '', 'acts');
  asked.append(make('div', request.asked_by), make('div', time(request.asked_at), 'soft'));
  if (request.decided_by) decided.append(make('div', request.decided_by), make('div', time(request.decided_at), 'soft'), make('div', request.why));
  const button = (word, done) => {
    const out = make('button', say(word), word === 'approve' ? 'main' : '');
    out.type = 'button';
    out.addEventListener('click', done);
    acts.append(out);
  };
  if (request.may_decide) {
    button('approve', () => act(true, ''));
    button('refuse', async () => act(false, await why('reason_refuse', request.package)));
  }
  return { asked, decided, acts, button };
}

function state_cell(request, about = '') {
  const cell = make('td'), kind = { asked: 'warn', approved: 'good', lengthened: 'good', refused: 'bad', over: 'soft' }[request.state];
  cell.append(make('div', say(request.state === 'refused' ? 'refused_export' : request.state), kind));
  if (about) cell.append(make('div', about, 'soft'));
  return cell;
}

function row_of(request) {
  const { asked, decided, acts, button } = decided_by(request, async (approve, text) => {
    if (text !== null && await ask(`exports/${request.number}/decision`, { approve, why: text })) show_exports();
  });
  if (request.may_fetch) button('fetch', () => { location.href = `/v1/bureau/exports/${request.number}/package`; });
  return [request.package, asked, request.reason, state_cell(request, request.state === 'approved' ? `${say('until')} ${time(request.until)}` : ''), decided, acts];
}

function row_of_keeping(request) {
  const { asked, decided, acts } = decided_by(request, async (approve, text) => {
    if (text !== null && await ask(`retention/${request.number}/decision`, { approve, why: text })) show_keeping();
  });
  return [request.package, plan_cell(request.before), plan_cell(request.wanted), asked, request.reason, state_cell(request), decided, acts];
}

async function show_keeping() {
  const answer = await ask('retention');
  if (answer) fill('plans', [say('package'), say('before'), say('wanted'), say('asked_by'), say('reason'), say('state'), say('decided_by'), say('act')], answer.requests.map(row_of_keeping), say('no_keeping'));
}

// One line of the access log: who, and what in the words of the log itself.
function line_row({ at: when, kind, body, number }) {
  const { person, station, by, address, method, path, status, why: reason, ...rest } = body;
  const who = make('td'), what = make('td');
  who.append(make('div', person || station || by || say('none')), make('div', address || '', 'soft'));
  what.append(make('div', [method, path, status].filter((one) => one !== undefined).join(' ') || kind, String(kind).endsWith('-refused') ? 'bad' : ''));
  if (reason) what.append(make('div', String(reason), 'soft'));
  const left = Object.keys(rest).length && !method ? JSON.stringify(rest) : '';
  if (left) what.append(make('div', left, 'digest'));
  return [make('td', time(when), 'date'), who, what, number_cell(number)];
}

async function show_access(on) {
  const asked = new URLSearchParams();
  for (const [key, id] of [['day', 'access_day'], ['kind', 'access_kind']]) if (at(id).value) asked.set(key, at(id).value);
  const who = at('access_who').value.trim();
  if (who) asked.set('who', Array.from(new TextEncoder().encode(who), (one) => one.toString(16).padStart(2, '0')).join(''));
  if (on) asked.set('before', next);
  const text = asked.toString();
  const page = await ask('access' + (text ? '?' + text : ''));
  if (!page) return;
  lines = on ? [...lines, ...page.lines] : page.lines;
  problem = (on && problem) || page.problem;
  next = page.next;
  fill('access_lines', [say('time'), say('who'), say('what'), number_head(say('index'))], lines.map(line_row), say('no_lines'));
  at('access_chain').textContent = problem ? say('chain_bad') + problem : say('chain_good');
  at('access_chain').className = problem ? 'bad' : 'good';
  at('access_more').hidden = next === 0;
}

// What whoever sits here wants of a package's retention; null: nothing.
function plan(one) {
  const box = at('plan');
  at('plan_title').textContent = `${say('keep_title')}　${one.package}`;
  at('plan_about').textContent = say('reason_about');
  at('plan_ok').textContent = say('ok');
  at('plan_kind').replaceChildren(...['case', 'automatic'].map((kind) => {
    const out = make('option', say('class_' + kind));
    out.value = kind;
    return out;
  }));
  at('plan_kind').value = one.plan.kind;
  at('plan_until').value = last_day(one.plan.until);
  at('plan_reason').value = '';
  box.returnValue = '';
  box.showModal();
  return new Promise((done) => box.addEventListener('close', () => done(box.returnValue === 'ok' ? { kind: at('plan_kind').value, until: at('plan_until').value, reason: at('plan_reason').value.trim() } : null), { once: true }));
}

async function show_exports() {
  const answer = await ask('exports');
  if (answer) fill('requests', [say('package'), say('asked_by'), say('reason'), say('state'), say('decided_by'), say('act')], answer.exports.map(row_of), say('no_exports'));
}

const STATE_CLASS = { review: 'warn', confirmed: 'good', refused: 'bad', expired: 'soft', failed: 'bad', lapsed: 'bad', withdrawn: 'soft' };
const may_order = () => ['officer', 'leader'].includes(me.role);

function act_cell(word, act) {
  const cell = make('td');
  if (word) {
    const button = make('button', say(word));
    button.type = 'button';
    button.addEventListener('click', act);
    cell.append(button);
  }
  return cell;
}

function capture_row(one) {
  const review = make('td'), kept = make('td');
  if (one.review) review.append(make('div', one.reviewed_by), make('div', time(one.reviewed_at), 'soft'), make('div', one.why));
  kept.append(make('div', one.kept_until ? `${say('kept')} ${day(one.kept_until)}` : one.state === 'review' ? `${say('expires')} ${day(one.until)}` : say('none')));
  const file = async () => {
    const number = await why('reason_case', one.package, 'case_about');
    if (number !== null && await ask(`reviews/${one.package}/case`, { case: number })) show_captures();
  };
  return [package_cell(one), make('td', say('s_' + one.state), STATE_CLASS[one.state]), time(one.received_at), review, kept, one.case || say('none'), act_cell(!one.case && may_order() && ['review', 'confirmed'].includes(one.state) ? 'file_case' : '', file)];
}

function order_row(one) {
  const what = make('td'), progress = make('td');
  what.append(make('div', one.order_no), make('div', one.subject, 'soft'));
  progress.append(make('div', say('s_' + one.state), STATE_CLASS[one.state] ?? ''));
  if (one.package) progress.append(make('div', one.package, 'soft'));
  if (one.why) progress.append(make('div', one.why, 'soft'));
  const withdraw = async () => {
    const text = await why('reason_withdraw', one.order_no);
    if (text !== null && await ask(`triggers/${one.number}/withdrawal`, { why: text })) show_captures();
  };
  return [number_cell(one.number), what, time(one.asked_at), time(one.deadline), progress, act_cell(one.state === 'queued' && may_order() ? 'withdraw' : '', withdraw)];
}

async function show_captures() {
  const captures = await ask('reviews');
  if (captures) fill('reviews', [say('package'), say('review'), say('received_at'), say('review_by'), say('keep'), say('case_no'), say('act')], captures.captures.map(capture_row), say('no_captures'));
  const orders = captures && await ask('triggers');
  if (orders) fill('orders', [number_head(say('index_of_order')), say('order'), say('ordered_at'), say('deadline'), say('progress'), say('act')], orders.orders.map(order_row), say('no_orders'));
}

// A reason from whoever sits here; null: they would rather not.
function why(title, about, hint = 'reason_about') {
  const box = at('reason'), text = at('reason_text');
  at('reason_title').textContent = `${say(title)}　${about}`;
  at('reason_about').textContent = say(hint);
  at('reason_ok').textContent = say('ok');
  text.value = '';
  box.returnValue = '';
  text.required = true;
  text.setAttribute('aria-label', say('reason'));
  box.showModal();
  return new Promise((done) => box.addEventListener('close', () => done(box.returnValue === 'ok' ? text.value.trim() : null), { once: true }));
}

function pair(box, name, value, kind = '') {
  box.append(make('dt', name), make('dd', value, kind));
}

function tell(kind, title, about) {
  const box = at('verdict'), facts = make('dl');
  box.className = kind;
  box.replaceChildren(make('h3', title), facts);
  for (const [name, value, look] of about.facts) if (value) pair(facts, name, value, look);
  if (about.findings.length) {
    const found = make('ul');
    for (const one of about.findings.slice(0, 20)) found.append(make('li', `${say(one.say)}${one.path ? '：' + one.path : ''}`));
    if (about.findings.length > 20) found.append(make('li', `… ${about.findings.length}`));
    box.append(found);
  }
  for (const note of about.notes) box.append(make('p', note, 'soft'));
  box.hidden = false;
}

async function check(file) {
  at('verdict').hidden = true;
  at('chosen').textContent = file.name;
  at('progress').hidden = false;
  const seen = await gzPackage.examine(file, (part) => { at('progress').value = part; });
  at('progress').hidden = true;
  const known = await ask(seen.form === 'export' ? `known?fingerprint=${seen.fingerprint}` : `known?zip_sha256=${seen.zip_sha256}`);
  if (!known) return;
  const received = known.unknown ? [] : [[say('received_at'), time(known.received_at)], [say('known_number'), String(known.index)]];
  const facts = [[say('package'), known.package || seen.id], [say('fingerprint'), known.fingerprint || seen.fingerprint, 'digest'], [say('zip'), seen.zip_sha256, 'digest'], ...received,
    [say('files'), seen.files ? `${seen.files}　${size(seen.bytes)}` : size(seen.bytes)]];
  const about = { facts, findings: seen.findings, notes: [] };
  if (seen.findings.length) {
    about.notes.push(say(known.unknown ? 'not_known' : 'still_known'));
    return tell('bad', say('changed_title'), about);
  }
  if (seen.form === 'upload' && known.unknown) about.notes.push(say('upload_note'));
  if (!known.unknown) return tell('good', say(seen.form === 'export' ? 'good' : 'good_zip'), about);
  tell('warn', say({ export: 'unknown_whole', upload: 'unknown_zip', other: 'unknown_other' }[seen.form]), about);
}

function open(tab) {
  shown = tab;
  for (const one of TABS) at(one).hidden = one !== tab;
  for (const one of tabs()) at('tab-' + one).setAttribute('aria-selected', String(one === tab));
  if (tab === 'state') show_state();
  if (tab === 'find') search(false);
  if (tab === 'subjects') search_subjects(false);
  if (tab === 'captures') show_captures();
  if (tab === 'exports') show_exports();
  if (tab === 'keeping') show_keeping();
  if (tab === 'access') show_access(false);
}

function words() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const one of document.querySelectorAll('[data-say]')) one.textContent = say(one.dataset.say);
  at('language').textContent = say('language');
  choices('kind', KINDS, say('kinds'));
  choices('standing', STATES, say('states'));
  for (const [at_value, word] of [['', 'any'], ['op.central-access', 'accesses'], ['op.central-refused', 'refused_only'], ['op.central-retention', 'retention_acts']])
    at('access_kind').querySelector(`[value="${at_value}"]`).textContent = say(word);
  at('tabs').replaceChildren(...tabs().map((tab) => {
    const out = make('button', say('tab_' + tab));
    out.type = 'button';
    out.id = 'tab-' + tab;
    out.setAttribute('role', 'tab');
    out.addEventListener('click', () => open(tab));
    return out;
  }));
  if (!me) return;
  document.title = at('system').textContent = me.system;
  at('practice').textContent = say('practice');
  at('practice').hidden = !me.practice;
  at('person').textContent = [me.name, say(me.role), me.unit].filter(Boolean).join(' · ');
}

async function start() {
  words();
  me = await ask('me');
  if (me && me.unknown) me = null;
  words();
  if (me) open(shown);
}

at('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  try {
    localStorage.setItem('language', language);
  } catch { /* a browser that keeps nothing */ }
  words();
  at('verdict').hidden = true;
  if (me) open(shown);
});
at('question').addEventListener('submit', (event) => {
  event.preventDefault();
  search(false);
});
at('more').addEventListener('click', () => search(true));
at('access_question').addEventListener('submit', (event) => {
  event.preventDefault();
  show_access(false);
});
at('access_more').addEventListener('click', () => show_access(true));
at('wanted').addEventListener('submit', (event) => {
  event.preventDefault();
  search_subjects(false);
});
at('more_subjects').addEventListener('click', () => search_subjects(true));
at('file').addEventListener('change', () => at('file').files.length && check(at('file').files[0]));
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'])
  at('drop').addEventListener(name, (event) => {
    event.preventDefault();
    at('drop').classList.toggle('over', name === 'dragenter' || name === 'dragover');
    if (name === 'drop' && event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
  });
start();
