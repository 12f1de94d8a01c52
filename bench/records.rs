//! An award sheet of any length from a seed: no two rows have a project, an
//! organization or, where the example's rules ask for it, a person in common.
//! Every name is made up from the lists below.

use std::path::Path;

use accolade::contest::Contest;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The header of the example's sheet.
const HEADER: &str = "序号 组别 奖项 项目名称 参赛单位（团队） 核心成员 \
    推荐单位 得分 推荐省赛 注册时间 联系人 联系电话";

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
    苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

const GIVEN: &str = "一子文宇浩轩泽博涵睿思佳雨欣怡梓晨俊杰明志强伟建国华军平丽敏静芳娟艳霞秀英玉兰桂春梅红燕飞\
    鹏程远航凯旋瑞祥福禄康宁安乐天佑承恩嘉铭弘毅哲瀚清源若溪诗琪雅萱婉婷曼妮可心语彤冰洁莹琳珊瑜瑶璐琦璇\
    震霆鸿涛海波江河山岩峰磊森林松柏楠桐楷枫叶青竹菊荷莲薇蕊芷茹菲苑晓旭昊昕晖晟景曜星辰月朗照煜烨炜焕炎\
    立新民生产兴旺盛茂达通泰和顺利贞元亨仁义礼智信忠孝廉正直方圆成功业勤学书画琴棋墨砚尚德道衡鼎铸钧锋锐钢";

const BRANDS: &str = "同创恒立鼎新启明星源远景宏图华晟瑞丰德泰嘉禾润泽云帆海纳百川金石汇通卓越凌霄紫荆青松翠微长虹\
    南山北辰东方西岭朗润沃野春晖秋实夏禹冬青昆仑太行麒麟鸿雁飞鹤腾龙";

const INDUSTRIES: &str = "新材料 智能装备 生物科技 能源科技 机械制造 信息技术 节能环保 食品 医疗器械 \
    农业科技 精密铸造 煤化工 电子 数字文旅 物流科技 包装 纺织机械 轨道装备 检测技术 \
    自动化 软件 中药 陶瓷 玻璃制品 液压 法兰锻压 光电 储能 碳材料 水处理 矿山装备 \
    仪器仪表 机器人 建筑科技 教育科技 酿造";

const TECHNIQUES: &str = "机器视觉 数字孪生 多源感知 边缘计算 深度学习 激光熔覆 超声检测 微波烧结 \
    超临界萃取 知识图谱 磁悬浮 低温等离子体 区块链 北斗定位 毫米波雷达 光纤传感 \
    增材制造 膜分离 酶催化 相变储热 钠离子电池 石墨烯 工业互联网 大语言模型 柔性电子 \
    声发射 纳米涂层 联邦学习 真空冷冻 生物发酵 固废资源化 高光谱成像";

const OBJECTS: &str = "煤矸石 玛钢铸件 纺机零部件 老陈醋固态发酵 中药材炮制 推光漆器 高强法兰 钙基吸附剂 \
    牛肉精深加工 液压支架 矿井通风 焦炉煤气 镁合金轮毂 碳纤维预浸料 古建筑木构件 \
    设施蔬菜 酥梨分选 核桃脱壳 小杂粮 连翘叶茶 瓦斯抽采 皮带输送机 光伏组件 \
    电动重卡换电 城市供热管网 再生水 建筑垃圾 乡村客货邮 县域医共体影像 养老照护 \
    冷链仓储 铸造旧砂 铝电解质 特种玻璃器皿 耐火材料 轴承套圈 刀具磨损 焊缝质量 \
    变压器油 尾矿库 林草防火 非遗剪纸 汾河湿地 面食自动成形 晋商古籍 蒸汽疏水阀 \
    工业炉窑 危化品运输";

const AIMS: &str = "一体化平台 柔性生产线 成套装备 智能分选系统 低成本制备 研发及示范 产业化 \
    在线监测仪 再制造技术 全流程管控系统 绿色工艺 关键技术攻关 节能改造 无人巡检机器人 \
    预测性维护服务 高值化利用 数字化车间 质量追溯平台 标准化种养示范 安全预警系统 \
    便携式检测箱 云端设计工具 精准施策模型 共享中试基地";

const SCENES: &str = "中小企业 县域 山地丘陵 老旧小区 高寒地区 煤炭矿区 特色小镇 职业院校 基层医疗 \
    出口贸易 应急救援 产业园区";

/// Writes `rows` rows to an xlsx file for this contest, its groups one after
/// the other, the best awards first, as offices do.
pub(crate) fn write(
    contest: &Contest,
    rows: usize,
    seed: u64,
    path: &Path,
) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet().set_name("名单")?;
    for (column, header) in (0..).zip(words(HEADER)) {
        sheet.write(0, column, header)?;
    }
    let records = (0..rows).map(|index| Record::new(contest, rows, seed, index));
    for (row, record) in (1..).zip(records) {
        sheet.write(row, 0, row)?;
        let texts = [
            &record.group,
            &record.award,
            &record.project,
            &record.organization,
            &record.members.join("、"),
            &record.county,
        ];
        for (column, text) in (1..).zip(texts) {
            sheet.write(row, column, text.as_str())?;
        }
        sheet.write(row, 7, record.score)?;
        sheet.write(row, 8, if record.recommended { "是" } else { "" })?;
        if let Some(registered) = record.registered {
            sheet.write_with_format(row, 9, registered, &date)?;
        }
        sheet.write(row, 10, record.members[0].as_str())?;
        sheet.write(row, 11, format!("0000-{row:07}"))?;
    }
    workbook.save(path)
}

/// One row.
struct Record {
    group: String,
    award: String,
    project: String,
    organization: String,
    members: Vec<String>,
    county: String,
    score: f64,
    recommended: bool,
    /// Days as a spreadsheet counts them.
    registered: Option<u32>,
}

impl Record {
    fn new(contest: &Contest, rows: usize, seed: u64, index: usize) -> Self {
        // The groups share the rows evenly, and each group's first tenth gets
        // the first award, the next two tenths the second, and so on; whoever
        // is left gets the last.
        let size = rows.div_ceil(contest.groups.len());
        let (group, place) = (&contest.groups[index / size], index % size);
        let tenth = place * 10 / size;
        let rank = (0..).find(|&rank| tenth < (rank + 1) * (rank + 2) / 2).unwrap_or_default();
        let award = &contest.awards[rank.min(contest.awards.len() - 1)];
        // A group that asks for a date of registration is of teams.
        let is_team = group.registered_since.is_some();
        Self {
            group: group.name.clone(),
            award: award.name.clone(),
            project: project(index, seed),
            organization: organization(index, seed, is_team),
            members: members(index, seed, is_team),
            county: contest.counties[index % contest.counties.len()].name.clone(),
            score: 97.0 - 20.0 * place as f64 / size as f64,
            recommended: place < group.quota.unwrap_or_default().min(size / 10),
            // Days of 2008 to 2021.
            registered: (!is_team).then(|| 39_500 + (scattered(index, seed, 5000)) as u32),
        }
    }
}

/// One of four kinds of sentence, each short or long.
fn project(index: usize, seed: u64) -> String {
    let (kind, index) = (index % 4, index / 4);
    if kind == 0 {
        let brands = letters(BRANDS);
        let [a, b, object, aim] =
            choice(index, seed, [&brands, &brands, &words(OBJECTS), &words(AIMS)]);
        return format!("{a}{b}{object}{aim}");
    }
    let [tool, object, aim, scene] =
        choice(index, seed, [TECHNIQUES, OBJECTS, AIMS, SCENES].map(words).each_ref());
    match kind {
        1 => format!("{scene}{tool}{object}{aim}"),
        2 => format!("基于{tool}的{scene}{object}{aim}"),
        _ => format!("面向{scene}的{tool}{object}{aim}"),
    }
}

fn organization(index: usize, seed: u64, is_team: bool) -> String {
    let (brands, industries) = (letters(BRANDS), words(INDUSTRIES));
    let [a, b, industry] = choice(index, seed, [&brands, &brands, &industries]);
    let ending = if is_team {
        ["团队", "创客团队", "青年创新团队"][index % 3]
    } else {
        ["有限公司", "股份有限公司", "科技有限公司", "（集团）有限责任公司"][index % 4]
    };
    format!("{a}{b}{industry}{ending}")
}

/// Three to seven people. In an enterprise some have a given name of one
/// character, and then two rows may name the same.
fn members(index: usize, seed: u64, is_team: bool) -> Vec<String> {
    const MOST: usize = 7;
    let (surnames, given) = (letters(SURNAMES), letters(GIVEN));
    let count = 3 + scattered(index, seed, 5);
    (0..count)
        .map(|member| {
            let person = index * MOST + member;
            let [surname, first, second] = choice(person, seed, [&surnames, &given, &given]);
            let second = if is_team || !person.is_multiple_of(6) { second } else { "" };
            format!("{surname}{first}{second}")
        })
        .collect()
}

fn words(list: &'static str) -> Vec<&'static str> {
    list.split_whitespace().collect()
}

/// The characters of a list, each once.
fn letters(list: &'static str) -> Vec<&'static str> {
    let letters = list.char_indices().map(|(at, letter)| &list[at..at + letter.len_utf8()]);
    let mut letters: Vec<_> = letters.collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// One word of each of several lists, another choice for each index below the
/// product of their lengths.
fn choice<const N: usize>(
    index: usize,
    seed: u64,
    lists: [&Vec<&'static str>; N],
) -> [&'static str; N] {
    let product = lists.iter().map(|list| list.len()).product();
    assert!(index < product, "the lists are too short for so many rows");
    let mut rest = scattered(index, seed, product);
    lists.map(|list| {
        let word = list[rest % list.len()];
        rest /= list.len();
        word
    })
}

/// Where an index below `count` goes when all are shuffled: multiplication by
/// what has no factor in common with `count` meets every place once.
fn scattered(index: usize, seed: u64, count: usize) -> usize {
    let common = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let golden = (count as f64 * 0.618) as usize;
    let step = (golden.max(1)..).find(|&step| common(step, count) == 1).unwrap_or(1);
    (index % count * step + seed as usize % count) % count
}
