//! What the pack compiler refuses, and where it says so.

use shared::eligibility::{
    answer::answer,
    answers::{Answer, Household, Question},
    compile::{self, Files},
    evaluate::Evaluation,
    pack::Pack,
    span::Span,
    truth::Truth,
    verdict::{Status, check},
};
use shared::locale::Locale;

mod founded;

const FACTS: &str = r#"
[[topics]]
id = "money"
name = { zh = "收入", en = "Income" }

[[facts]]
id = "wages"
scope = "household"
topic = "money"
kind = "money"
label = { zh = "工资", en = "Wages" }
question = { zh = "工资多少？", en = "What are the wages?" }

[[facts]]
id = "home"
scope = "household"
topic = "money"
kind = "choice"
options = [{ id = "own", zh = "自己的", en = "Own" }, { id = "rented", zh = "租的", en = "Rented" }]
label = { zh = "住房", en = "Home" }
question = { zh = "住房是谁的？", en = "Whose home is it?" }

[[facts]]
id = "ill"
scope = "person"
topic = "money"
kind = "yes_no"
label = { zh = "生病", en = "Ill" }
question = { zh = "生病吗？", en = "Is this person ill?" }

[[documents]]
id = "proof"
name = { zh = "证明", en = "Proof" }
"#;

const BENEFIT: &str = r#"name = { zh = "补贴", en = "Benefit" }
summary = { zh = "一种补贴。", en = "A benefit." }
scope = "household"
valid = { from = "2020-01-01", source = "law", dated_by = "clause" }
basis = ["law"]

[sources.law]
document = { zh = "某法", en = "Some law" }
article = { zh = "第一条", en = "Article 1" }
grade = "official"
checked = "2026-01-01"

[params.line]
unit = "money"
name = { zh = "线", en = "Line" }

[[params.line.values]]
from = "2024-01-01"
to = "2024-12-31"
dated_by = "clause"
value = "1000 yuan"
source = "law"

[[params.line.values]]
from = "2025-01-01"
dated_by = "clause"
value = "1100 yuan"
source = "law"

[[requires]]
id = "income"
if = "wages < line and any(ill)"
evidence = ["proof"]
text = [{ source = "law", at = { zh = "第一条第二款", en = "Article 1(2)" }, asks = { zh = "收入低。", en = "Little income." } }]
says.yes = { zh = "低于 {line}。", en = "Below {line}." }
says.no = { zh = "高出 {gap}。", en = "Above by {gap}." }
says.open = { zh = "还不知道。", en = "Not known yet." }

[[requires.unless]]
id = "rents"
if = "home is rented"
grants = true
text = [{ source = "law", asks = { zh = "租房的也可以。", en = "Tenants too." } }]
says = { zh = "租房的除外。", en = "Except where the home is rented." }

[apply]
place = { zh = "街道", en = "The street office" }
"#;

fn files(facts: &str, benefit: &str) -> Files {
    let region = "name = { zh = \"全国\", en = \"China\" }";
    [("facts.toml", facts), ("100000/region.toml", region), ("100000/aid.toml", benefit)]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
}

/// The complaints about the benefit with one text replaced by another.
fn complaints(old: &str, new: &str) -> Vec<String> {
    assert!(BENEFIT.contains(old) || FACTS.contains(old), "{old}");
    let files = files(&FACTS.replacen(old, new, 1), &BENEFIT.replacen(old, new, 1));
    let refused = compile::compile_all(&files).err().unwrap_or_default();
    refused.iter().map(ToString::to_string).collect()
}

/// The line of the benefit's file on which a text stands.
fn line(text: &str) -> usize {
    BENEFIT[..BENEFIT.find(text).unwrap()].matches('\n').count() + 1
}

#[test]
fn a_good_pack_compiles() {
    let packs = compile::compile_all(&files(FACTS, BENEFIT)).unwrap();
    assert_eq!((packs.len(), packs[0].benefits[0].requires.len()), (1, 1));
}

#[test]
fn every_mistake_is_told_with_its_file_and_line() {
    let condition = line("if = \"wages");
    for (old, new, at, told) in [
        ("wages < line", "salary < line", condition, "there is nothing named `salary` here"),
        ("wages < line", "wages < 3", condition, "money cannot be compared with a plain number"),
        ("wages < line", "wages + 1 < line", condition, "money cannot be added to a plain number"),
        ("wages < line", "wages", condition, "`wages` is no yes or no"),
        ("wages < line", "wages < line <", condition, "comparisons cannot be chained"),
        ("wages < line", "wages ≤ line", condition, "`≤` has no meaning here"),
        ("any(ill)", "ill", condition, "`ill` is of one person"),
        ("any(ill)", "eligible(gold)", condition, "there is no benefit `gold`"),
        ("any(ill)", "eligible(aid)", 0, "this benefit rests on itself"),
        ("home is rented", "home is lent", line("if = \"home"), "`home` has no option `lent`"),
        ("home is rented", "home is [own, rented]", line("if = \"home"), "`home` is always one of these"),
        ("evidence = [\"proof\"]", "evidence = [\"luck\"]", line("evidence"), "there is no document `luck`"),
        ("basis = [\"law\"]", "basis = [\"lore\"]", line("basis"), "there is no source `lore`"),
        ("to = \"2024-12-31\"", "to = \"2025-01-01\"", line("from = \"2025"), "begins before the one above ends"),
        (
            "to = \"2024-12-31\"",
            "to = \"2024-11-30\"",
            line("from = \"2025"),
            "nothing is said of the days after 2024-11-30",
        ),
        ("to = \"2024-12-31\"", "to = \"2023-12-31\"", line("from = \"2024"), "ends before it begins"),
        ("from = \"2025-01-01\"", "from = \"2024-01-01\"", line("from = \"2025"), "in the order of their days"),
        ("1100 yuan", "wages", line("1100 yuan"), "rests on other figures alone"),
        ("1100 yuan", "2 * line", 0, "the figure `line` rests on itself"),
        (
            "says.no = { zh = \"高出 {gap}。\", en = \"Above by {gap}.\" }",
            "",
            line("id = \"income\""),
            "the sentence `no` is missing",
        ),
        ("低于 {line}", "低于 {limit}", line("id = \"income\""), "`{limit}` in a sentence stands for nothing"),
        (
            "低于 {line}",
            "{wages} 低于 {line}",
            line("id = \"income\""),
            "`{wages}` is of somebody: pages for everybody",
        ),
        (
            "name = { zh = \"线\"",
            "name = { zh = \"最多给\"",
            0,
            "`line` is the most that is given and says nothing of `limit`",
        ),
        ("en = \"Not known yet.\"", "en = \"\"", line("id = \"income\""), "there is no English for"),
        ("en = \"Some law\"", "en = \"某法\"", line("document"), "there is no English for “某法”"),
        (", en = \"Some law\"", "", line("document"), "missing field `en`"),
        ("{ zh = \"某法\", en = \"Some law\" }", "\"某法\"", line("document"), "invalid type: string"),
        ("{ zh = \"第一条\", en = \"Article 1\" }", "\"第一条\"", line("article"), "invalid type: string"),
        ("scope = \"household\"\nvalid", "scope = \"village\"\nvalid", 3, "unknown variant `village`"),
        ("grants = true", "grants = maybe", line("grants"), ""),
    ] {
        let found = complaints(old, new);
        let place = if at == 0 { "100000/aid.toml: ".to_owned() } else { format!("100000/aid.toml:{at}: ") };
        assert!(found.iter().any(|text| text.starts_with(&place) && text.contains(told)), "{new}: {found:#?}");
    }
}

#[test]
fn a_named_condition_is_what_it_says_wherever_it_is_named() {
    let facts = |id: &str| {
        let shared = format!("[[conditions]]\nid = \"{id}\"\nscope = \"person\"\nif = \"ill\"\n\n[[documents]]");
        FACTS.replacen("[[documents]]", &shared, 1)
    };
    let written = compile::compile(&files(FACTS, BENEFIT), "100000").unwrap();
    let named = BENEFIT.replacen("any(ill)", "any(unwell)", 1);
    assert!(compile::compile(&files(&facts("unwell"), &named), "100000").unwrap() == written);

    let complaints = |id: &str, benefit: &str| {
        let refused = compile::compile(&files(&facts(id), benefit), "100000").err().unwrap_or_default();
        refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let reach = complaints("unwell", &BENEFIT.replacen("any(ill)", "unwell", 1));
    assert!(reach.contains("`unwell` is of one person"), "{reach}");
    assert!(complaints("wages", BENEFIT).contains("there is something else of this name"));
}

#[test]
fn exceptions_that_can_contradict_each_other_are_refused() {
    let other = |condition: &str| {
        let other = format!(
            "[[requires.unless]]\nid = \"other\"\nif = \"{condition}\"\ngrants = false\n\
             text = [{{ source = \"law\", asks = {{ zh = \"不行。\", en = \"Not so.\" }} }}]\n\
             says = {{ zh = \"不行。\", en = \"Not so.\" }}\n\n[apply]"
        );
        complaints("[apply]", &other)
    };
    assert_eq!(other("home is own"), [""; 0]);
    let found = other("wages > 5 yuan");
    assert!(found.iter().any(|text| text.contains("`rents` and `other` contradict each other")), "{found:?}");
}

#[test]
fn a_question_that_no_rule_uses_is_told() {
    let found = complaints("wages < line and any(ill)", "wages < line");
    let line = FACTS[..FACTS.find("id = \"ill\"").unwrap()].matches('\n').count() + 1;
    assert_eq!(found, [format!("facts.toml:{line}: no rule of any region uses the answer to `ill`")]);
}

#[test]
fn a_figure_is_taken_from_the_place_itself_or_above_and_never_from_beside() {
    let mut files = files(FACTS, BENEFIT);
    let figure = |value: &str| {
        format!(
            "[sources.notice]\ndocument = {{ zh = \"通知\", en = \"Notice\" }}\ngrade = \"official\"\nchecked = \"2026-01-01\"\n\
             [[params.line.values]]\nfrom = \"2025-07-01\"\ndated_by = \"month\"\nvalue = \"{value} yuan\"\nsource = \"notice\"\npublished = \"2025-06-01\"\n"
        )
    };
    for (code, value) in [("440300", Some("1500")), ("440305", None), ("330200", Some("1200"))] {
        files.insert(format!("{code}/region.toml"), "name = { zh = \"某地\", en = \"Place\" }".to_owned());
        if let Some(value) = value {
            files.insert(format!("{code}/aid.toml"), figure(value));
        }
    }
    let values = |code: &str| {
        let pack = compile::compile(&files, code).unwrap();
        (pack.params[0].values.len(), pack.params[0].values.last().unwrap().region.clone())
    };
    assert_eq!(values("440305"), (1, "440300".to_owned()));
    assert_eq!(values("330200"), (1, "330200".to_owned()));
    assert_eq!(values("100000"), (2, "100000".to_owned()));
}

#[test]
fn what_is_announced_is_told_also_of_a_figure_that_follows_from_it() {
    let announced = "[[params.line.values]]\nfrom = \"2025-07-01\"\ndated_by = \"day\"\nvalue = \"1200 yuan\"\nsource = \"law\"\npublished = \"2025-06-03\"\n\n[[requires]]";
    let twice = "[params.twice]\nunit = \"money\"\nname = { zh = \"两倍\", en = \"Twice\" }\n[[params.twice.values]]\nfrom = \"2024-01-01\"\ndated_by = \"clause\"\nvalue = \"2 * line\"\nsource = \"law\"\n\n";
    let benefit = BENEFIT.replacen("[[requires]]", &format!("{twice}{announced}"), 1);
    let benefit = benefit.replacen("wages < line", "wages < line and wages < twice", 1);
    // A figure that is old already is no less announced.
    let ages = benefit.replacen("[params.line]", "[params.line]\nrenewed = 3", 1);
    let [pack, aged] = [benefit, ages].map(|benefit| compile::compile(&files(FACTS, &benefit), "100000").unwrap());
    let coming_of = |pack: &Pack, as_of: &str, known_on: &str| {
        let nobody = Household::new(pack);
        let evaluation = Evaluation::new(pack, &nobody, as_of.parse().unwrap(), known_on.parse().unwrap());
        let line = pack.params.iter().position(|param| param.name.en == "Line").unwrap();
        let twice = pack.params.iter().position(|param| param.name.en == "Twice").unwrap();
        [line, twice].map(|param| evaluation.coming(param).map(|(from, span)| (from.to_string(), span)))
    };
    let coming = |as_of: &str, known_on: &str| coming_of(&pack, as_of, known_on);
    let from = |yuan: i64| Some(("2025-07-01".to_owned(), Span::exactly(yuan * 100)));
    assert_eq!(coming("2025-06-30", "2025-06-03"), [from(1200), from(2400)]);
    assert_eq!(coming_of(&aged, "2025-06-30", "2025-06-03"), [from(1200), from(2400)]);
    assert_eq!(coming("2025-06-30", "2025-06-02"), [None, None], "nobody knew of it yet");
    assert_eq!(coming("2025-07-01", "2025-07-01"), [None, None], "it holds already");
}

#[test]
fn a_switch_turns_a_condition_on_its_day() {
    let switch = "[params.open]\nunit = \"switch\"\nname = { zh = \"是不是放开\", en = \"Whether it is open\" }\n";
    let value = |from: &str, value: &str| {
        format!(
            "[[params.open.values]]\nfrom = \"{from}\"\ndated_by = \"clause\"\nvalue = \"{value}\"\nsource = \"law\"\n"
        )
    };
    let benefit = |values: &str, condition: &str| {
        BENEFIT.replacen("[[requires]]", &format!("{switch}{values}\n[[requires]]"), 1).replacen(
            "wages < line and any(ill)",
            condition,
            1,
        )
    };
    let condition = "(wages < line or open) and (any(ill) or open)";
    let known = benefit(&(value("2024-01-01", "no") + &value("2025-03-01", "yes")), condition);
    let pack = compile::compile(&files(FACTS, &known), "100000").unwrap();
    let nobody = Household::new(&pack);
    let on = |day: &str| Evaluation::new(&pack, &nobody, day.parse().unwrap(), day.parse().unwrap()).eligible(0, None);
    assert_eq!([on("2025-02-28"), on("2025-03-01")], [Truth::Open, Truth::Yes]);

    let complaints = |values: &str, condition: &str| {
        let refused = compile::compile(&files(FACTS, &benefit(values, condition)), "100000").err().unwrap_or_default();
        refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(complaints("", condition), "", "a switch need not be known");
    assert!(complaints(&value("2024-01-01", "1"), condition).contains("a switch is `yes` or `no`"));
    let compared = complaints("", "wages < line and any(ill) and open >= 1");
    assert!(compared.contains("a yes or no cannot be compared with a plain number"), "{compared}");
}

/// The benefit with a line that rises every year, and says how far.
fn with_ceiling(pace: &str, most: &str) -> String {
    let ceiling = format!(
        "[params.line]\nrenewed = 12\nrises = true\nceiling = {{ pace = \"{pace}\", most = \"{most}\", \
         because = {{ zh = \"历年最多涨一成。\", en = \"It never rose by more than a tenth.\" }} }}"
    );
    BENEFIT.replacen("[params.line]", &ceiling, 1)
}

#[test]
fn a_ceiling_settles_what_is_far_above_it_and_promises_nothing() {
    let pack = compile::compile(&files(FACTS, &with_ceiling("1.1", "1500 yuan")), "100000").unwrap();
    let found = |wages: i64, as_of: &str| {
        let mut household = Household::new(&pack);
        household.set(Question::Household(0), Answer::exactly(wages * 100));
        household.set(Question::Household(1), Answer::OneOf(1));
        let day = as_of.parse().unwrap();
        let outcome = check(&pack, &household, day, day);
        let told = answer(&pack, &household, &outcome, Locale::Zh).results.remove(0);
        (outcome.verdicts[0].status, told.reasons[0].sentence.clone(), told.reasons[0].figures[0].value.clone())
    };
    let status = |wages: i64, as_of: &str| found(wages, as_of).0;
    // 1,100 until the end of 2025; 1,210 at most in 2026, 1,331 in 2027, never more than 1,500.
    assert_eq!([status(1100, "2025-12-31"), status(1209, "2026-01-01")], [Status::No, Status::Ask]);
    assert_eq!([status(1210, "2026-12-31"), status(1330, "2027-01-01")], [Status::No, Status::Ask]);
    assert_eq!([status(1499, "2040-01-01"), status(1500, "2040-01-01")], [Status::Ask, Status::No]);
    // Before the first figure nothing but the ceiling is known.
    assert_eq!([status(1499, "2023-12-31"), status(1500, "2023-12-31")], [Status::Ask, Status::No]);
    let value = Some("1,100 元".to_owned());
    assert_eq!(found(9000, "2026-01-01"), (Status::No, "高出 7,790 元。".to_owned(), value));

    let said = with_ceiling("1.1", "1500 yuan").replacen("高出 {gap}。", "不低于 {line}。", 1);
    let pack = compile::compile(&files(FACTS, &said), "100000").unwrap();
    let sentence = |as_of: &str| {
        let mut household = Household::new(&pack);
        household.set(Question::Household(0), Answer::exactly(900_000));
        household.set(Question::Household(1), Answer::OneOf(1));
        let day = as_of.parse().unwrap();
        let told = answer(&pack, &household, &check(&pack, &household, day, day), Locale::Zh);
        told.results[0].reasons[0].sentence.clone()
    };
    assert_eq!(sentence("2025-06-30"), "不低于 1,100 元。");
    assert_eq!(sentence("2026-06-30"), "不低于估计最多 1,210 元。");
}

#[test]
fn a_ceiling_fits_the_figures_below_it() {
    let told = |benefit: &str| {
        let refused = compile::compile_all(&files(FACTS, benefit)).err().unwrap_or_default();
        refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(told(&with_ceiling("1.1", "1100 yuan")), "", "what it was at most is allowed");
    let low = with_ceiling("1.05", "1500 yuan");
    let line = low[..low.find("1100 yuan").unwrap()].matches('\n').count() + 1;
    assert!(told(&low).contains(&format!("aid.toml:{line}: this figure is higher than its ceiling")));
    assert!(told(&with_ceiling("1.1", "1099 yuan")).contains("this figure is higher than its ceiling"));
    assert!(told(&with_ceiling("0.9", "1500 yuan")).contains("this is a number, and 1 at least"));
    assert!(told(&with_ceiling("1.1", "1500")).contains("money is needed here"));
    let rises = "[params.line]\nrenewed = 12\nrises = true";
    assert!(told(&BENEFIT.replacen("[params.line]", rises, 1)).contains("the figure `line` needs a `ceiling`"));
    let bare = "[params.other]\nunit = \"money\"\nname = { zh = \"别的\", en = \"Other\" }\n\n[[requires]]";
    let compared = BENEFIT.replacen("[[requires]]", bare, 1).replacen("wages < line", "wages < other", 1);
    assert!(told(&compared).contains("the figure `other` needs a `ceiling`"));
}

#[test]
fn what_is_there_already_is_told_whatever_else_fails() {
    let benefit = BENEFIT.replacen("basis = [\"law\"]\n", "basis = [\"law\"]\nalready = \"home is own\"\n", 1);
    let pack = compile::compile(&files(FACTS, &benefit), "100000").unwrap();
    let day = "2025-06-30".parse().unwrap();
    let already = |home: Answer| {
        let mut household = Household::new(&pack);
        household.set(Question::Household(1), home);
        Evaluation::new(&pack, &household, day, day).verdict(0, None).already
    };
    assert_eq!([already(Answer::OneOf(1)), already(Answer::OneOf(2)), already(Answer::Unsure)], [true, false, false]);
}

#[test]
fn a_source_that_nobody_has_read_for_long_is_stale() {
    let mut files = files(FACTS, BENEFIT);
    let stale = |files: &Files, on: &str| {
        let pack = compile::compile(files, "100000").unwrap();
        pack.is_stale(&pack.sources[0], on.parse().unwrap())
    };
    assert_eq!([stale(&files, "2026-12-31"), stale(&files, "2027-01-01")], [false, true]);
    files.insert("100000/region.toml".to_owned(), "name = { zh = \"全国\", en = \"China\" }\nrecheck = 3".to_owned());
    assert_eq!([stale(&files, "2026-03-31"), stale(&files, "2026-04-01")], [false, true]);
}

#[test]
fn a_question_that_asks_who_is_about_people_and_names_an_answer_for_the_others() {
    let who = "who = { zh = \"谁？\", en = \"Who?\" }\nkind =";
    let of = |fact: &str, more: &str| {
        let (before, after) = FACTS.split_once(&format!("id = \"{fact}\"")).unwrap();
        let facts = format!("{before}id = \"{fact}\"{}", after.replacen("kind =", more, 1));
        match compile::compile_all(&files(&facts, BENEFIT)) {
            Ok(packs) => Ok(packs[0].facts.iter().find(|known| known.id == fact).unwrap().clone()),
            Err(refused) => Err(refused.iter().map(ToString::to_string).collect::<String>()),
        }
    };
    let ill = of("ill", who).unwrap();
    assert_eq!((ill.who.as_ref().unwrap().others, ill.named()), (0, Some(0b10)), "the others are not");
    let swapped = of("ill", &who.replace("kind", "others = \"yes\"\nkind")).unwrap();
    assert_eq!((swapped.who.as_ref().unwrap().others, swapped.named()), (1, Some(0b01)));
    for (fact, more, told) in [
        ("home", who.to_owned(), "only a question about people can ask who"),
        ("wages", who.to_owned(), "only a choice can ask who"),
        ("ill", who.replace("kind", "others = \"sick\"\nkind"), "there is no option `sick`"),
        ("ill", "asked_if = \"ill\"\nkind =".to_owned(), "whether this is asked rests on its own answer"),
    ] {
        let refused = of(fact, &more).unwrap_err();
        assert!(refused.contains("facts.toml") && refused.contains(told), "{fact}: {refused}");
    }
}
