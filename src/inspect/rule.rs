//! Every rule that a document is held against: its clause of GB/T 9704-2012,
//! and in both languages the element and what the standard says of it.
//!
//! How a rule is measured stands elsewhere; here are only sentences.

use crate::lang::Lang;

/// In Chinese and in English.
type Words = (&'static str, &'static str);

macro_rules! rules {
    ($($rule:ident $code:literal $clause:literal $element:expr, $says:expr;)*) => {
        /// What the standard says, one sentence each; tables and JSON name it by
        /// its code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(
                #[doc = concat!("`", $code, "`, of clause ", $clause, ".")]
                $rule,
            )*
        }

        impl Rule {
            /// The stable name for programs.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$rule => $code,)* }
            }

            /// The clause, in figures.
            pub fn clause(self) -> &'static str {
                match self { $(Rule::$rule => $clause,)* }
            }

            /// The element that it is about.
            pub fn element(self, lang: Lang) -> &'static str {
                let (zh, en): Words = match self { $(Rule::$rule => $element,)* };
                lang.pick(zh, en)
            }

            /// What the standard says.
            pub fn says(self, lang: Lang) -> &'static str {
                let (zh, en): Words = match self { $(Rule::$rule => $says,)* };
                lang.pick(zh, en)
            }
        }
    };
}

const PAPER: Words = ("幅面", "paper");
const AREA: Words = ("版心", "type area");
const TEXT: Words = ("正文", "text");
const MARK: Words = ("发文机关标志", "mark");
const NUMBER: Words = ("发文字号", "number");
const TITLE: Words = ("标题", "title");
const ADDRESSEE: Words = ("主送机关", "addressee");
const SIGNATURE: Words = ("署名和日期", "signature and date");
const ANNEX: Words = ("附件", "annex");
const IMPRINT: Words = ("版记", "imprint");
const FOLIO: Words = ("页码", "page number");
const LETTER: Words = ("信函格式", "letter");
const FILE: Words = ("文件", "file");

rules! {
    PaperSize "paper-size" "5.1" PAPER, ("A4，210 mm×297 mm，误差不超过 2 mm", "A4, 210 by 297 mm, within 2 mm");
    TopMargin "top-margin" "5.2.1" AREA, ("天头（上白边）37 mm，误差 1 mm", "head margin 37 mm, within 1 mm");
    LeftMargin "left-margin" "5.2.1" AREA, ("订口（左白边）28 mm，误差 1 mm", "binding margin 28 mm, within 1 mm");
    AreaWidth "area-width" "5.2.1" AREA, ("版心宽 156 mm，误差不超过 1 mm", "type area 156 mm wide, within 1 mm");
    InsideArea "inside-area" "5.2.1" AREA, ("文字越出 156 mm×225 mm 的版心不超过 1 mm", "text no more than 1 mm outside the type area of 156 by 225 mm");
    TextSize "text-size" "5.2.2" TEXT, ("一般用三号字（15.75–16 pt）", "as a rule 三号 (15.75 to 16 pt)");
    TextFace "text-face" "5.2.2" TEXT, ("一般用仿宋体", "as a rule 仿宋");
    LinePitch "line-pitch" "5.2.3" TEXT, ("行距均匀", "lines evenly spaced");
    LinesPerPage "lines-per-page" "5.2.3" TEXT, ("一般每面排 22 行", "as a rule 22 lines a page");
    CharsPerLine "chars-per-line" "5.2.3" TEXT, ("一般每行排 28 个字", "as a rule 28 characters a line");
    TextColour "text-colour" "5.2.4" TEXT, ("文字的颜色为黑色（红色要素除外）", "text is black, but for the red elements");

    CopyNumber "copy-number" "7.2.1" ("份号", "copy number"), ("6 位三号阿拉伯数字，顶格编排在版心左上角第一行", "6 figures in 三号, flush left on the first line");
    Secrecy "secrecy" "7.2.2" ("密级和保密期限", "secrecy"), ("三号黑体，顶格编排在版心左上角", "三号黑体, flush left at the head");
    Urgency "urgency" "7.2.3" ("紧急程度", "urgency"), ("三号黑体，顶格编排在版心左上角", "三号黑体, flush left at the head");
    MarkTop "mark-top" "7.2.4" MARK, ("上边缘至版心上边缘 35 mm", "its top 35 mm under the type area's edge");
    MarkCentred "mark-centred" "7.2.4" MARK, ("居中排布", "centred");
    MarkRed "mark-red" "7.2.4" MARK, ("红色", "red");
    MarkFace "mark-face" "7.2.4" MARK, ("推荐使用小标宋体", "小标宋 is recommended");
    MarkWidth "mark-width" "7.2.4" MARK, ("不宽于版心（156 mm）", "no wider than the type area (156 mm)");
    NumberForm "number-form" "7.2.5" NUMBER, ("年份标全称，六角括号“〔〕”，不加“第”，不编虚位", "full year in 〔〕, no 第, no leading zero");
    NumberText "number-text" "7.2.5" NUMBER, ("三号仿宋", "三号仿宋");
    NumberBelow "number-below" "7.2.5" NUMBER, ("发文机关标志下空二行", "two blank lines under the mark");
    NumberPlace "number-place" "7.2.5" NUMBER, ("居中；上行文居左空一字", "centred; one character in where there is a signer");
    Signer "signer" "7.2.6" ("签发人", "signer"), ("“签发人：”三号仿宋，姓名三号楷体，居右空一字，与发文字号同一行", "“签发人：” in 三号仿宋, the name in 三号楷体, one character from the right, on the number's line");
    RedRuleBelow "red-rule-below" "7.2.7" ("红色分隔线", "red rule"), ("发文字号下 4 mm", "4 mm under the number");
    RedRuleWidth "red-rule-width" "7.2.7" ("红色分隔线", "red rule"), ("与版心等宽（156 mm），居中", "as wide as the type area (156 mm), centred");
    RedRuleColour "red-rule-colour" "7.2.7" ("红色分隔线", "red rule"), ("红色", "red");

    TitleSize "title-size" "7.3.1" TITLE, ("一般用二号字（21–22 pt）", "as a rule 二号 (21 to 22 pt)");
    TitleFace "title-face" "7.3.1" TITLE, ("一般用小标宋体", "as a rule 小标宋");
    TitleCentred "title-centred" "7.3.1" TITLE, ("分一行或多行居中排布", "each line centred");
    TitleBelow "title-below" "7.3.1" TITLE, ("红色分隔线下空二行", "two blank lines under the red rule");
    TitleBreaks "title-breaks" "7.3.1" TITLE, ("回行词意完整：不以“的”、标点起行，不拆开引号、书名号和数字", "breaks keep words whole: no line begins with 的 or a mark, none splits “”, 《》 or a figure");
    TitleShape "title-shape" "7.3.1" TITLE, ("排列使用梯形或菱形", "lines form a trapezium or a lozenge");
    AddresseeBelow "addressee-below" "7.3.2" ADDRESSEE, ("标题下空一行", "one blank line under the title");
    AddresseeFlush "addressee-flush" "7.3.2" ADDRESSEE, ("居左顶格，回行仍顶格", "flush left, turned lines, too");
    AddresseeColon "addressee-colon" "7.3.2" ADDRESSEE, ("最后一个名称后标全角冒号", "ends in a full-width colon");
    TextOnFirst "text-on-first" "7.3.3" TEXT, ("首页必须显示正文", "the first page shows text");
    Indent "indent" "7.3.3" TEXT, ("每个自然段左空二字", "each paragraph two characters in");
    Flush "flush" "7.3.3" TEXT, ("回行顶格", "turned lines flush left");
    Level1 "level-1" "7.3.3" ("第一层“一、”", "level 1 “一、”"), ("一般用黑体，三号", "as a rule 黑体, 三号");
    Level2 "level-2" "7.3.3" ("第二层“（一）”", "level 2 “（一）”"), ("一般用楷体，三号", "as a rule 楷体, 三号");
    Level3 "level-3" "7.3.3" ("第三层“1.”", "level 3 “1.”"), ("一般用仿宋体，三号", "as a rule 仿宋, 三号");
    Level4 "level-4" "7.3.3" ("第四层“（1）”", "level 4 “（1）”"), ("一般用仿宋体，三号", "as a rule 仿宋, 三号");
    NoteOfAnnexes "attachments" "7.3.4" ("附件说明", "list of annexes"), ("正文下空一行左空二字，“附件”后标全角冒号", "one blank line under the text, two characters in, 附件 with a full-width colon");
    NoteNames "attachment-names" "7.3.4" ("附件说明", "list of annexes"), ("附件名称后不加标点", "names end without a mark");
    DatePlace "date-place" "7.3.5" SIGNATURE, ("盖章的日期右空四字；不盖章的署名右空二字，日期首字比署名首字右移二字", "to be sealed: date four characters from the right; else the organ two, and the date two to the right of it");
    Organ "organ" "7.3.5" SIGNATURE, ("盖章的署名以成文日期为准居中；不盖章的右空二字", "to be sealed: the organ centred over the date; else two characters from the right");
    DateForm "date-form" "7.3.5" SIGNATURE, ("成文日期用阿拉伯数字，年月日标全，不编虚位", "the date in Arabic figures, complete, without leading zeros");
    SignedWithText "signed-with-text" "7.3.5" SIGNATURE, ("署名、日期与正文同处一面", "on a page that shows text");
    Remark "remark" "7.3.6" ("附注", "note"), ("成文日期下一行，居左空二字，加圆括号", "on the line under the date, two characters in, in parentheses");
    AnnexPage "annex-page" "7.3.7" ANNEX, ("另面编排，“附件”在版心左上角第一行顶格", "on a new page, its mark flush left on the first line");
    AnnexMark "annex-mark" "7.3.7" ANNEX, ("“附件”及顺序号用三号黑体", "its mark in 三号黑体");
    AnnexTitle "annex-title" "7.3.7" ANNEX, ("标题居中编排在版心第三行", "its title centred on the third line");
    AnnexName "annex-name" "7.3.7" ANNEX, ("标题与附件说明一致", "its title is what the list of annexes says");
    AnnexOrder "annex-order" "7.3.7" ANNEX, ("顺序号与附件说明一致", "numbers are those of the list of annexes");

    ImprintRules "imprint-rules" "7.4.1" IMPRINT, ("首条和末条分隔线 0.35 mm，中间的 0.25 mm", "first and last rule 0.35 mm, those between 0.25 mm");
    ImprintWidth "imprint-width" "7.4.1" IMPRINT, ("分隔线与版心等宽（156 mm）", "rules as wide as the type area (156 mm)");
    ImprintFoot "imprint-foot" "7.4.1" IMPRINT, ("末条分隔线与最后一面版心下边缘重合", "the last rule on the type area's lower edge");
    ImprintLast "imprint-last" "7.4" IMPRINT, ("版记在公文最后一面", "on the last page");
    ImprintText "imprint-text" "7.4.2" IMPRINT, ("四号仿宋", "四号仿宋");
    ImprintIndent "imprint-indent" "7.4.2" IMPRINT, ("左右各空一字", "one character in on both sides");
    Copies "copies" "7.4.2" ("抄送机关", "copies"), ("“抄送：”用全角冒号，最后一个名称后标句号", "抄送 with a full-width colon, a full stop after the last name");
    Printed "printed" "7.4.3" ("印发机关和日期", "printing office and date"), ("同一行，日期用阿拉伯数字、不编虚位，后加“印发”", "on one line, the date in Arabic figures without leading zeros, followed by 印发");

    FolioShown "folio" "7.5" FOLIO, ("每面编排页码，连续", "on every page, without a gap");
    FolioForm "folio-form" "7.5" FOLIO, ("半角阿拉伯数字，左右各一条一字线", "half-width Arabic figures between two dashes");
    FolioText "folio-text" "7.5" FOLIO, ("四号宋体", "四号宋体");
    FolioBelow "folio-below" "7.5" FOLIO, ("一字线上距版心下边缘 7 mm", "dash 7 mm under the type area");
    FolioSide "folio-side" "7.5" FOLIO, ("单页码居右空一字，双页码居左空一字", "odd pages right, even pages left, one character in");
    TurnedHead "turned-head" "8" ("横排表格", "landscape table"), ("单页码表头在订口一边，双页码表头在切口一边", "the head at the binding edge of odd, at the outer edge of even pages");

    LetterMarkTop "letter-mark-top" "10.1" LETTER, ("发文机关标志上边缘至上页边 30 mm", "the mark's top 30 mm under the paper's edge");
    LetterHeadRule "letter-head-rule" "10.1" LETTER, ("标志下 4 mm 红色双线，上粗下细，长 170 mm，居中", "4 mm under the mark a red double rule, thick over thin, 170 mm long, centred");
    LetterFootRule "letter-foot-rule" "10.1" LETTER, ("距下页边 20 mm 红色双线，上细下粗，长 170 mm，居中", "20 mm above the paper's foot a red double rule, thin over thick, 170 mm long, centred");
    LetterNumber "letter-number" "10.1" LETTER, ("发文字号顶格居版心右边缘，与第一条双线相距三号字高的 7/8", "the number flush right, 7/8 of 三号 under the first double rule");
    LetterTitle "letter-title" "10.1" LETTER, ("标题与其上最后一个要素相距二行", "the title two lines under the last element above it");
    LetterFolio "letter-folio" "10.1" LETTER, ("首页不显示页码", "no page number on the first page");
    LetterImprint "letter-imprint" "10.1" LETTER, ("版记不加印发机关和印发日期、分隔线", "the imprint has no printing office, no date, no rules");
    OrderMarkTop "order-mark-top" "10.2" ("命令（令）格式", "order"), ("发文机关标志上边缘至版心上边缘 20 mm", "the mark's top 20 mm under the type area's edge");
    Attendance "attendance" "10.3" ("纪要格式", "minutes"), ("“出席：”等用三号黑体，左空二字", "出席 and the like in 三号黑体, two characters in");
    AttendanceNames "attendance-names" "10.3" ("纪要格式", "minutes"), ("出席人等的单位和姓名用三号仿宋", "who was there in 三号仿宋");

    FontsEmbedded "fonts-embedded" "—" FILE, ("字体全部嵌入", "all fonts are embedded");
    Readable "readable" "—" FILE, ("文字可以提取", "the text can be extracted");

    PaperStock "paper-stock" "4" ("纸张", "paper"), ("60–80 g/m² 的胶版印刷纸或复印纸，白度、耐折度合格", "offset or copy paper of 60 to 80 g/m², white and tough enough");
    Printing "printing" "6.2" ("印刷", "printing"), ("双面印刷，页码套正，误差不超过 2 mm；字迹着墨均匀", "on both sides in register, within 2 mm; evenly inked");
    Binding "binding" "6.3" ("装订", "binding"), ("左侧装订，不掉页；两页页码之间误差不超过 4 mm", "bound at the left, no page loose; page numbers within 4 mm of each other");
    RightSecrecy "right-secrecy" "7.2.2" ("密级和紧急程度", "secrecy and urgency"), ("该标的标了，标得正确", "stated where due, and rightly");
    Meaning "meaning" "7.3.1" TITLE, ("准确概括内容，标明发文机关和文种；回行词意完整、长短适宜", "says the matter, the organ and the kind of document; breaks by sense");
    Seal "seal" "7.3.5" ("印章", "seal"), ("与署名相符，端正、居中下压署名和日期，顶端上距正文一行之内，无空白印章", "the organ's own, upright over name and date, within a line of the text, and never on an empty page");
}

/// What only a person can judge, of any document.
pub(super) const FOR_PERSONS: [Rule; 6] = [
    Rule::PaperStock,
    Rule::Printing,
    Rule::Binding,
    Rule::RightSecrecy,
    Rule::Meaning,
    Rule::Seal,
];
