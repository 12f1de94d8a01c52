/** Sheets that tests hand in, made here: nothing of them lies in a file. */
import { writeFile } from "node:fs/promises";

/** A character that no font prints: of a private area. */
export const UNPRINTABLE = String.fromCodePoint(0xf0000);

const csv = (rows) => "\ufeff" + rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(",")).join("\r\n") + "\r\n";

/** @param {string} path @param {string[][]} rows */
export async function write(path, rows) {
  await writeFile(path, csv(rows));
  return path;
}

/**
 * An office's own sheet for the full example, as they come: a title, blanks within headings, sections with counts, separators
 * of every kind, short county names, digits of an input method; and what is wrong: two awards that there are not, one
 * character that no font has.
 */
export const DIRTY = [
  ["2026年“创客中国”晋中市中小企业创新创业大赛获奖名单", ...Array(10).fill("")],
  ["序号", "奖 项", "项目名称", "参赛单位 （团队）", "核心成员", "所在县区", "得分", "推荐省赛", "注册时间", "联系人", "联系电话"],
  ["企业组（6项）", ...Array(10).fill("")],
  ["1", "一等奖", "数字文旅系统", "山西同创能源科技有限公司", "薛轩、胡燕晨,吴秀平；孟平诺", "祁县", "９６．３５", "√", "2018.8.19", "薛轩", "138 1691 8186"],
  ["2", "二等奖", "铝合金轮毂关键技术与应用", "　晋中同创机械制造有限公司 ", `董行红、单洋刚、尹${UNPRINTABLE}娜`, "平遥", "95.9", "√", "2015/4/11", "董行红", "15165389997"],
  ["3", "二等獎", "玛钢铸件成套装备", "晋中恒立科技有限公司", "朱伟海、古丽娜尔·买买提、阎军远", "开发区", "95.75", "√", "2021年8月2日", "朱伟海", "13878726311"],
  ["4", "三等奖", "中药材炮制关键技术与应用", "山西麓台生物科技股份有限公司", "游晨、苏洋诺", "平遥县", "95.05", "", "2014-07-13", "游晨", "13960807738"],
  ["5", "三等将", "老陈醋固态发酵关键技术与应用", "晋中凯嘉源能源科技有限公司", "郭知军、徐磊晨", "灵石县", "94.15", "", "2011-09-20", "郭知军", "13936372902"],
  ["6", "优胜奖", "高强法兰成套装备", "晋中麓台机械制造有限公司", "席梓霖", "和顺县", "93.9", "", "2013-02-09", "席梓霖", "15119813043"],
  ["创业组（2项）", ...Array(10).fill("")],
  ["1", "一等奖", "煤层气提纯一体化平台", "聚晟创客团队", "孙艳曦、解东晓、梁春志", "平遥县", "96.4", "√", "2024-03-16", "孙艳曦", "18731655695"],
  ["2", "二等奖", "老陈醋固态发酵研发及示范", "龙城青年创新团队", "解欣", "榆次区", "95.85", "√", "2024-10-20", "解欣", "13910233363"],
  ["合计：8 项", ...Array(10).fill("")],
];

/** The same for the science fair, in English: an award that there is not, and a character that no font has. */
export const FAIR = [
  ["ID", "Student(s)", "School", "Project", "Category", "Award", "Advisor"],
  ["HV-014", "Maya Lindqvist", "Northgate High School", "Duckweed as a filter for farm runoff", "Environmental Science", "First Prize", "Dr. Ines Calder"],
  ["HV-031", "Tomás Ferreira, Priya Raman", "Alder Street School", "How warm is a puffin?", "Biology", "Frist Prize", "Mr. Samuel Oyelaran"],
  ["HV-008", `Owen O’D${UNPRINTABLE}ell`, "Northgate High School", "A quieter “drone” propeller", "Engineering", "Second Prize", "Dr. Ines Calder"],
];

const AWARDS = ["一等奖", "二等奖", "三等奖", "优胜奖"];
const COUNTIES = ["榆次区", "太谷区", "介休市", "祁县", "平遥县", "灵石县", "寿阳县", "昔阳县", "和顺县", "左权县", "榆社县"];
const SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
const GIVEN = "明华丽娟强军磊洋勇艳杰涛超霞平刚桂英玉兰建国志远文静雪梅晨宇";

/** A sheet of many rows for the full example; `other(nth)` is another award for a row, if it answers one. */
export function many(count, other = () => "") {
  const rows = Array.from({ length: count }, (_, nth) => {
    const name = SURNAMES[nth % SURNAMES.length] + GIVEN[(nth >> 3) % GIVEN.length] + GIVEN[(nth >> 7) % GIVEN.length];
    const award = other(nth) || AWARDS[Math.min(3, Math.floor((nth * 4) / count))];
    return [String(nth + 1), "企业组", award, `第${nth + 1}号产线改造项目`, `晋中第${nth + 1}机械有限公司`, name, COUNTIES[nth % COUNTIES.length], (99 - nth / 200).toFixed(2)];
  });
  return [["序号", "组别", "奖项", "项目名称", "参赛单位", "核心成员", "推荐单位", "得分"], ...rows];
}
