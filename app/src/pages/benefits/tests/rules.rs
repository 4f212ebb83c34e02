//! Invented rules of a country and one city.

use std::fs;

use tempfile::TempDir;

pub(super) fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const FILES: [(&str, &str); 9] = [
    ("facts.toml", FACTS),
    ("100000/region.toml", "name = { zh = \"全国\", en = \"The country\" }"),
    ("110000/region.toml", "name = { zh = \"样例市\", en = \"Sample City\" }"),
    ("100000/allowance.toml", ALLOWANCE),
    ("110000/allowance.toml", ALLOWANCE_HERE),
    ("100000/edge.toml", EDGE),
    ("100000/elder.toml", ELDER),
    ("110000/elder.toml", ELDER_HERE),
    ("100000/former.toml", FORMER),
];

const FACTS: &str = r#"
[[topics]]
id = "all"
name = { zh = "情况", en = "Situation" }

[[facts]]
id = "birth"
scope = "person"
topic = "all"
kind = "birth"
label = { zh = "出生日期", en = "Date of birth" }
question = { zh = "哪天出生？", en = "Born when?" }

[[facts]]
id = "wages"
scope = "household"
topic = "all"
kind = "money"
most = 100000
bands = [1000]
label = { zh = "收入", en = "Income" }
question = { zh = "收入多少？", en = "What income?" }

[[facts]]
id = "child"
scope = "household"
topic = "all"
kind = "yes_no"
label = { zh = "有孩子", en = "A child" }
question = { zh = "有孩子吗？", en = "Is there a child?" }

[[computed]]
id = "age"
scope = "person"
unit = "number"
label = { zh = "周岁", en = "Age" }
formula = { zh = "整年数", en = "Full years" }
value = "years_since(birth)"

[[computed]]
id = "per_head"
scope = "household"
unit = "money"
label = { zh = "人均月收入", en = "Income per head" }
formula = { zh = "收入除以人数", en = "Income by people" }
value = "wages / people"

[[documents]]
id = "id_card"
name = { zh = "身份证", en = "Identity card" }
"#;

const ALLOWANCE: &str = r#"
name = { zh = "样例保障金", en = "Sample allowance" }
summary = { zh = "补上差额。", en = "The difference is paid." }
scope = "household"
rung = 2
events = ["lost_income"]
gives = "cash"
valid = { from = "2014-05-01", source = "law", dated_by = "clause" }
basis = ["law"]
excludes = ["edge"]

[sources.law]
document = { zh = "样例法", en = "Sample Law" }
article = { zh = "第一条", en = "Article 1" }
url = "https://law.example.gov.cn/1"
grade = "official"
checked = "2026-11-21"

[params.standard]
unit = "money"
name = { zh = "标准", en = "Standard" }
per = { zh = "元/人/月", en = "yuan per person per month" }
renewed = 12
rises = true
ceiling = { pace = "1.2", most = "3000 yuan", because = { zh = "以前一年最多涨两成。", en = "It never rose by more than a fifth in a year." } }

[[requires]]
id = "income"
if = "per_head < standard"
text = [{ source = "law", at = { zh = "第一条第二款", en = "Article 1(2)" }, asks = { zh = "样例条文这样要求。", en = "The sample text asks so." } }]
[requires.says]
rule = { zh = "家里人均月收入低于标准 {standard}。", en = "Income per head is below the standard of {standard}." }
yes = { zh = "您家人均月收入 {per_head}，低于标准 {standard}。", en = "Income per head is {per_head} a month, below the standard of {standard}." }
no = { zh = "不低于标准。", en = "Not below the standard." }
open = { zh = "还不知道。", en = "Not known yet." }
[[requires.unless]]
id = "child"
if = "child"
grants = true
text = [{ source = "law", asks = { zh = "有孩子的可以放宽。", en = "With a child there is more room." } }]
says = { zh = "有孩子的可以放宽。您家看来是这样。", en = "With a child there is more room. That seems to be so here." }

[[requires]]
id = "check"
decided_by = "bureau"
routine = true
basis = ["law"]
[requires.says]
open = { zh = "街道会核对。", en = "The office checks." }

[amount]
value = "max(standard * people - wages, 0 yuan)"
per = { zh = "元/月", en = "yuan a month" }
formula = { zh = "标准 × 人数 − 收入", en = "Standard × people − income" }

[apply]
place = { zh = "街道办事处", en = "The street office" }
channels = [{ zh = "到窗口", en = "At the window" }]
documents = ["id_card"]
takes = { zh = "30 个工作日", en = "30 working days" }
"#;

const ALLOWANCE_HERE: &str = r#"
[sources.notice]
document = { zh = "样例市通知", en = "Notice of Sample City" }
grade = "reported"
dated = "2024-12-20"
checked = "2026-11-21"

[[params.standard.values]]
from = "2025-01-01"
dated_by = "clause"
value = "1483 yuan"
source = "notice"
[[params.standard.values]]
from = "2026-01-01"
dated_by = "clause"
value = "1535 yuan"
source = "notice"
[[params.standard.values]]
from = "2027-01-01"
dated_by = "day"
value = "1600 yuan"
source = "notice"
published = "2026-11-15"
"#;

const EDGE: &str = r#"
name = { zh = "样例边缘家庭", en = "Sample edge household" }
summary = { zh = "高一点的。", en = "A little above." }
scope = "household"
rung = 3
events = ["lost_income"]
gives = "service"
valid = { from = "2021-07-01", source = "rule", dated_by = "clause" }
basis = ["rule"]

[sources.rule]
document = { zh = "样例办法", en = "Sample Measures" }
grade = "copied"
dated = "2021-06-11"
checked = "2026-11-20"

[params.line]
unit = "money"
name = { zh = "边缘线", en = "Edge line" }
per = { zh = "元/人/月", en = "yuan per person per month" }
[[params.line.values]]
from = "2021-07-01"
dated_by = "clause"
value = "round(1.5 * allowance.standard, 1 yuan)"
source = "rule"

[[requires]]
id = "income"
if = "per_head < line"
text = [{ source = "rule", at = { zh = "第一条第二款", en = "Article 1(2)" }, asks = { zh = "样例条文这样要求。", en = "The sample text asks so." } }]
[requires.says]
rule = { zh = "人均月收入低于边缘线 {line}。", en = "Income per head is below the line of {line}." }
yes = { zh = "人均月收入 {per_head}，低于边缘线 {line}。", en = "Income per head is {per_head} a month, below the line of {line}." }
no = { zh = "不低于。", en = "Not below." }
open = { zh = "还不知道。", en = "Not known yet." }

[apply]
place = { zh = "街道办事处", en = "The street office" }
channels = []
documents = ["id_card"]
"#;

const ELDER: &str = r#"
name = { zh = "样例老人津贴", en = "Sample elders' allowance" }
summary = { zh = "每月一份。", en = "Every month." }
scope = "person"
events = ["old_age", "disability"]
gives = "cash"
valid = { from = "2013-07-01", source = "law", dated_by = "clause" }
basis = ["law"]

[sources.law]
document = { zh = "样例老人法", en = "Sample Elders Law" }
grade = "official"
checked = "2026-11-21"

[[requires]]
id = "elder"
if = "age >= 60"
text = [{ source = "law", at = { zh = "第一条第二款", en = "Article 1(2)" }, asks = { zh = "样例条文这样要求。", en = "The sample text asks so." } }]
[requires.says]
rule = { zh = "是老年人。", en = "An elder." }
yes = { zh = "{age} 周岁，是老年人。", en = "Aged {age}, counted as an elder." }
no = { zh = "还不到 60 周岁。", en = "Not yet 60." }
open = { zh = "还不知道。", en = "Not known yet." }

[apply]
place = { zh = "社区", en = "The community office" }
channels = []
documents = ["id_card"]
"#;

const ELDER_HERE: &str = r#"
[params.low]
unit = "money"
name = { zh = "60–79 周岁", en = "Aged 60 to 79" }
per = { zh = "元/月", en = "yuan a month" }
[[params.low.values]]
from = "2021-01-01"
dated_by = "clause"
value = "100 yuan"
source = "law"

[params.high]
unit = "money"
name = { zh = "80 周岁以上", en = "Aged 80 and over" }
per = { zh = "元/月", en = "yuan a month" }
[[params.high.values]]
from = "2022-01-01"
dated_by = "clause"
value = "300 yuan"
source = "law"

[amount]
value = "if(age >= 80, high, low)"
per = { zh = "元/月", en = "yuan a month" }
formula = { zh = "分两档", en = "In two steps" }
"#;

const FORMER: &str = r#"
name = { zh = "样例旧补贴", en = "Sample former subsidy" }
summary = { zh = "已经停了。", en = "It has ended." }
scope = "person"
events = ["illness"]
gives = "cash"
valid = { from = "2020-01-01", source = "law", dated_by = "clause", to = "2024-12-31" }
basis = ["law"]

[sources.law]
document = { zh = "样例旧法", en = "Former Sample Law" }
grade = "official"
checked = "2026-11-21"

[params.gift]
unit = "money"
name = { zh = "慰问金", en = "Gift" }
per = { zh = "元", en = "yuan" }
[[params.gift.values]]
from = "2020-01-01"
dated_by = "clause"
to = "2024-12-31"
value = "50 yuan"
source = "law"
published = "2019-12-01"

[params.elsewhere]
unit = "switch"
name = { zh = "在外地能不能领", en = "Whether it is paid elsewhere" }

[params.left_behind]
unit = "switch"
name = { zh = "没有规则看的，能不能领", en = "Whether nothing reads it" }

[[requires]]
id = "elder"
if = "age >= 60 or elsewhere and age >= 55"
text = [{ source = "law", at = { zh = "第一条第二款", en = "Article 1(2)" }, asks = { zh = "样例条文这样要求。", en = "The sample text asks so." } }]
[requires.says]
rule = { zh = "是老年人。", en = "An elder." }
yes = { zh = "{age} 周岁，是老年人。", en = "Aged {age}, counted as an elder." }
no = { zh = "还不到 60 周岁。", en = "Not yet 60." }
open = { zh = "还不知道。", en = "Not known yet." }

[apply]
place = { zh = "社区", en = "The community office" }
channels = []
documents = ["id_card"]
"#;
