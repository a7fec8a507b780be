// Makes cn-days.csv out of the npm package chinese-days (MIT, see LICENSE.chinese-days):
//   npm install chinese-days@1.5.7 && node resources/calendar/make_calendar.cjs node_modules/chinese-days > resources/calendar/cn-days.csv
// Notice years come from its table of the State Council's notices; later years get only the days that the regulation on public holidays
// names, by its lunar calendar and solar terms: no notice, hence no make-up days and no bridging (the program calls such years provisional).
const path = require('path');
const fs = require('fs');

const folder = path.resolve(process.argv[2]);
const days = require(folder);
const version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'))).version;
const FIRST = 2018, LAST_NOTICE = 2026, LAST = 2035;

const shift = (text, by) => new Date(Date.parse(text + 'T00:00:00Z') + by * 86400000).toISOString().slice(0, 10);

function runs(table) {                       // [from, to, name], neighbours of one name together
  const out = [];
  for (const day of Object.keys(table).sort()) {
    const name = table[day].split(',')[1];
    const last = out[out.length - 1];
    if (last && last[2] === name && shift(last[1], 1) === day) last[1] = day;
    else out.push([day, day, name]);
  }
  return out;
}

const line = (from, to, kind, name) => console.log(`${from}${from === to ? '' : '~' + to},${kind},${name}`);

console.log(`# 中国节假日与调休上班日。数据取自 npm 包 chinese-days ${version}（MIT 许可，见 LICENSE.chinese-days），由 make_calendar.cjs 生成，不手改。`);
console.log('# 年份,通知,来源 之后各行属于该年的放假通知；年份,暂定, 之后各行只是法定节日本身，通知未发布。');
for (let year = FIRST; year <= LAST_NOTICE; ++year) {
  const table = JSON.parse(fs.readFileSync(path.join(folder, 'dist/years', `${year}.json`)));
  console.log(`${year},通知,国务院办公厅关于${year}年部分节假日安排的通知`);
  const all = [...runs(table.holidays).map((r) => [...r, '休']), ...runs(table.workdays).map((r) => [...r, '班'])];
  for (const [from, to, name, kind] of all.sort()) line(from, to, kind, name);
}
for (let year = LAST_NOTICE + 1; year <= LAST; ++year) {
  const lunar = (month, day) => days.getSolarDateFromLunar(`${year}-${month}-${day}`);
  const plain = (month, day) => {            // of a year with a leap month before it the package gives the leap month's day apart
    const both = lunar(month, day);
    const detail = days.getLunarDate(both.date);
    if (detail.isLeap || detail.lunarMon !== month || detail.lunarDay !== day) throw new Error(`lunar ${year}-${month}-${day}: ${both.date}`);
    return both.date;
  };
  const spring = plain(1, 1), term = days.getSolarTermDate(year, 4, 'pure_brightness');
  console.log(`${year},暂定,`);
  const list = [[`${year}-01-01`, `${year}-01-01`, '元旦'], [shift(spring, -1), shift(spring, 2), '春节'], [term, term, '清明'],
    [`${year}-05-01`, `${year}-05-02`, '劳动节'], [plain(5, 5), plain(5, 5), '端午'], [plain(8, 15), plain(8, 15), '中秋'],
    [`${year}-10-01`, `${year}-10-03`, '国庆节']];
  const told = new Set();
  for (const [from, to, name] of list.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] > b[1] ? -1 : 1))) {      // longer first
    if (told.has(from)) continue;            // 中秋 within 国庆: the day is told already
    for (let day = from; day <= to; day = shift(day, 1)) told.add(day);
    line(from, to, '休', name);
  }
}
