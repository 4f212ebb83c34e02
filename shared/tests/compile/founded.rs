//! What is said of figures and conditions is borne out by texts.

use super::*;

#[test]
fn what_no_source_tells_is_told_with_its_file_and_line() {
    let (first, title) = (line("from = \"2024"), line("document"));
    let dated = "from = \"2024-01-01\"\nto = \"2024-12-31\"\ndated_by = \"clause\"";
    let day = |from: &str, word: &str| format!("from = \"{from}\"\nto = \"2024-12-31\"\n{word}");
    let reported = "grade = \"reported\"";
    let published = "dated_by = \"day\"\npublished = \"2024-01-01\"";
    let note =
        |of: &str| format!("basis = [\"law\"]\nunknown = [{{ zh = \"没有查到这里的线。\", en = \"Not found.\"{of} }}]");
    let switch =
        "[params.more]\nunit = \"switch\"\nname = { zh = \"放宽的数字\", en = \"Figure of more\" }\n\n[[requires]]";
    for (old, new, at, told) in [
        (dated, day("2024-01-01", ""), first, "does the source name this day?"),
        (dated, day("2023-12-31", ""), first, "does the source name this day?"),
        (dated, day("2024-04-01", ""), first, "does the source name this day?"),
        (dated, day("2024-04-02", "dated_by = \"month\""), first, "begins with its first day"),
        (dated, day("2024-01-01", "dated_by = \"day\"\nundated = true"), first, "`undated` and `dated_by`"),
        (", dated_by = \"clause\" }", " }".to_owned(), line("valid"), "does the source name this day?"),
        (", source = \"law\", dated_by", ", dated_by".to_owned(), line("valid"), "name with `source`"),
        (dated, day("2024-01-01", published), first, "nothing says that it became known on its first day"),
        ("grade = \"official\"", reported.to_owned(), title, "nothing leads back to this source"),
        ("basis = [\"law\"]", note(""), line("basis") + 1, "say with `of` which figure"),
        ("basis = [\"law\"]", note(", of = [\"limit\"]"), line("basis") + 1, "there is no figure `limit`"),
        ("basis = [\"law\"]", note(", of = [\"line\"]"), line("basis") + 1, "`line` is not known, and 100000 gives it"),
        ("[[requires]]", switch.to_owned(), 0, "`more`: a switch is no figure"),
    ] {
        let found = complaints(old, &new);
        let place = if at == 0 { "100000/aid.toml: ".to_owned() } else { format!("100000/aid.toml:{at}: ") };
        assert!(found.iter().any(|text| text.starts_with(&place) && text.contains(told)), "{new}: {found:#?}");
    }
    for new in [day("2024-01-01", "undated = true"), day("2024-01-15", ""), day("2024-04-01", "dated_by = \"month\"")] {
        assert_eq!(complaints(dated, &new), [""; 0], "{new}");
    }
    for traced in ["\nseen = \"a page\"", "\ndated = \"2024-01-01\"", "\nurl = \"https://example.gov.cn\""] {
        assert_eq!(complaints("grade = \"official\"", &format!("{reported}{traced}")), [""; 0], "{traced}");
    }
}

#[test]
fn a_condition_names_its_text_and_borrows_nothing_without_one() {
    let text = &BENEFIT[BENEFIT.find("text = [{ source").unwrap()..BENEFIT.find("says.yes").unwrap()];
    let exception = "text = [{ source = \"law\", asks = { zh = \"租房的也可以。\", en = \"Tenants too.\" } }]\n";
    let condition = line("id = \"income\"");
    for (old, new, told) in [
        (text, "", "name with `text` the article that this condition stands for"),
        (exception, "", "the article that the exception `rents` stands for"),
        ("Article 1(2)", "Article 1(3)", "are not the same place"),
        ("en = \"Little income.\"", "en = \"\"", "there is no English for “收入低。”"),
    ] {
        let found = complaints(old, new);
        let place = format!("100000/aid.toml:{condition}: ");
        assert!(found.iter().any(|text| text.starts_with(&place) && text.contains(told)), "{new}: {found:#?}");
    }
    assert!(complaints("source = \"law\", at", "source = \"lore\", at")[0].contains("there is no source `lore`"));

    let borrows = BENEFIT.replacen("wages < line and any(ill)", "any(ill) and eligible(aid)", 1);
    let other = "[sources.other]\ndocument = { zh = \"另一部法\", en = \"Another law\" }\n\
                 grade = \"official\"\nchecked = \"2026-01-01\"\n\n[params.line]";
    let borrows = borrows.replacen("[params.line]", other, 1);
    let found = |basis: &str| {
        let mut files = files(FACTS, BENEFIT);
        let borrows = borrows.replacen("basis = [\"law\"]", &format!("basis = [\"{basis}\"]"), 1);
        files.insert("100000/more.toml".to_owned(), borrows);
        let found = compile::compile_all(&files).err().unwrap_or_default();
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(found("law"), "");
    assert!(found("other").contains("`eligible(aid)` needs a `text` from this benefit's own `basis`"));
}

#[test]
fn a_reason_tells_what_the_rules_ask() {
    let pack = compile::compile(&files(FACTS, BENEFIT), "100000").unwrap();
    let day = "2025-06-30".parse().unwrap();
    let told = |home: Answer, locale: Locale| {
        let mut household = Household::new(&pack);
        household.set(Question::Household(1), home);
        let told = answer(&pack, &household, &check(&pack, &household, day, day), locale);
        let rules = &told.results[0].reasons[0].rules;
        rules.iter().map(|rule| format!("{}: {}", rule.source.title, rule.asks)).collect::<Vec<_>>()
    };
    assert_eq!(told(Answer::NotAsked, Locale::Zh), ["《某法》第一条第二款: 收入低。"]);
    let settled = ["Some law, Article 1: Tenants too.", "Some law, Article 1(2): Little income."];
    assert_eq!(told(Answer::OneOf(2), Locale::En), settled, "what settles it comes first");
}

#[test]
fn what_a_district_says_is_not_shown_for_its_city() {
    let mut files = files(FACTS, BENEFIT);
    let figure = "[sources.notice]\ndocument = { zh = \"某某区2025年通知\", en = \"Notice of a district\" }\n\
                  grade = \"official\"\nchecked = \"2026-01-01\"\n[[params.line.values]]\nfrom = \"2025-07-03\"\n\
                  value = \"1500 yuan\"\nsource = \"notice\"\n";
    for code in ["440300", "440305"] {
        files.insert(format!("{code}/region.toml"), "name = { zh = \"某地\", en = \"Place\" }".to_owned());
    }
    files.insert("440305/aid.toml".to_owned(), figure.to_owned());
    assert!(compile::compile_all(&files).is_ok(), "a district's own figure");
    files.insert("440300/aid.toml".to_owned(), figure.to_owned());
    let found = compile::compile(&files, "440300").unwrap_err();
    assert!(found[0].to_string().starts_with("440300/aid.toml:8: the source speaks of 某某区"), "{found:?}");
}

#[test]
fn a_figure_counts_as_known_from_the_day_of_its_proof() {
    let known = |new: &str| {
        let benefit = BENEFIT.replacen("dated_by = \"clause\"\nvalue = \"1000", &format!("{new}\nvalue = \"1000"), 1);
        let pack = compile::compile(&files(FACTS, &benefit), "100000").unwrap();
        pack.params[0].values[0].published.to_string()
    };
    assert_eq!(known("dated_by = \"clause\""), "2024-01-01", "a rule in force");
    assert_eq!(known("dated_by = \"day\""), "2026-01-01", "the day its source was read");
    assert_eq!(known("dated_by = \"day\"\npublished = \"2023-11-02\""), "2023-11-02");
    let of_source = |words: &str| {
        let benefit = BENEFIT.replacen("\nchecked", &format!("\n{words}\nchecked"), 1);
        let benefit =
            benefit.replacen("dated_by = \"clause\"\nvalue = \"1000", "dated_by = \"day\"\nvalue = \"1000", 1);
        let pack = compile::compile(&files(FACTS, &benefit), "100000").unwrap();
        pack.params[0].values[0].published.to_string()
    };
    assert_eq!(of_source("found = \"2025-03-01\""), "2025-03-01");
    assert_eq!(of_source("dated = \"2024-02-01\"\nfound = \"2025-03-01\""), "2024-02-01");
}

#[test]
fn what_follows_from_an_undated_figure_names_no_day_either() {
    let twice = "[params.twice]\nunit = \"money\"\nname = { zh = \"两倍\", en = \"Twice\" }\n[[params.twice.values]]\n\
                 from = \"2024-01-01\"\ndated_by = \"clause\"\nvalue = \"2 * line\"\nsource = \"law\"\n\n[[requires]]";
    let benefit = BENEFIT.replacen("[[requires]]", twice, 1);
    let since = |benefit: &str, as_of: &str| {
        let pack = compile::compile(&files(FACTS, benefit), "100000").unwrap();
        let nobody = Household::new(&pack);
        let evaluation = Evaluation::new(&pack, &nobody, as_of.parse().unwrap(), "2026-02-01".parse().unwrap());
        let twice = pack.params.iter().find(|param| param.name.en == "Twice").unwrap();
        evaluation.since(&twice.values[0]).map(|day| day.to_string())
    };
    assert_eq!(since(&benefit, "2025-06-30").as_deref(), Some("2025-01-01"), "the day of the figure it follows from");
    let undated = benefit.replacen("dated_by = \"clause\"\nvalue = \"1100", "undated = true\nvalue = \"1100", 1);
    assert_eq!(since(&undated, "2025-06-30"), None);
    assert_eq!(since(&undated, "2024-06-30").as_deref(), Some("2024-01-01"));
}
