//! The packs of the portal compile, and every case beside them comes out as it says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::NaiveDate;
use shared::eligibility::{
    answer::{ResultAnswer, RuleAnswer, answer},
    answers::{Answer, EVERYBODY, Household, Question},
    compile::{self, Files, cases},
    evaluate::Evaluation,
    pack::{Kind, Pack, Scope},
    told,
    truth::Truth,
    verdict::{Status, Verdict, check},
};
use shared::invented::eligibility::{household, numbers};
use shared::{locale::Locale, numeral};

pub fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut files = Files::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

pub fn packs() -> Vec<Pack> {
    compile::compile_all(&files()).unwrap_or_else(|complaints| {
        let text: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        panic!("the packs do not compile:\n{}", text.join("\n"))
    })
}

#[test]
fn every_case_comes_out_as_it_says() {
    let files = files();
    let (mut complaints, mut count) = (Vec::new(), 0);
    for pack in packs() {
        for (path, text) in cases::cases_of(&files, &pack.region) {
            count += 1;
            complaints.extend(cases::run(&pack, path, text));
        }
    }
    let text: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert!(complaints.is_empty(), "{} of {count} cases differ:\n{}", complaints.len(), text.join("\n"));
    assert!(count >= 200, "only {count} cases");
}

#[test]
fn a_pack_survives_its_way_to_the_browser() {
    for pack in packs() {
        let sent = serde_json::to_string(&pack).unwrap();
        let read: Pack = serde_json::from_str(&sent).unwrap();
        assert!(read == pack, "{}", pack.region);
        assert_eq!(serde_json::to_string(&read).unwrap(), sent);
    }
}

#[test]
fn a_district_asks_about_its_city_and_the_country_about_the_place_that_was_chosen() {
    for pack in packs() {
        let asked = |id: &str| pack.facts.iter().find(|fact| fact.id == id).unwrap().question.clone();
        let city = match pack.region.as_str() {
            "440300" | "440305" => "深圳市",
            "330200" | "330213" => "宁波市",
            "370200" => "青岛市（七区）",
            "370281" => "胶州市",
            "370283" => "平度市",
            "370285" => "莱西市",
            "420200" | "420204" => "黄石市（不含大冶、阳新）",
            "420222" => "阳新县",
            "420281" => "大冶市",
            _ => "您选的地方",
        };
        assert_eq!(asked("hukou_here").zh, format!("户口在{city}吗？"), "{}", pack.region);
        let texts = pack.facts.iter().flat_map(|fact| [Some(&fact.question), fact.hint.as_ref()]).flatten();
        assert!(texts.into_iter().all(|text| !text.zh.contains('{') && !text.en.contains('{')));
    }
}

/// Whether there is a Chinese letter or mark in a text.
fn chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
}

#[test]
fn no_source_is_cited_in_chinese_to_those_who_read_english() {
    let as_of = "2026-11-22".parse().unwrap();
    for pack in packs() {
        for source in &pack.sources {
            let cited = source.cited(Locale::En);
            assert!(!chinese(&cited), "{}: {cited}", pack.region);
            assert!(chinese(&source.cited(Locale::Zh)), "{}: {cited}", pack.region);
        }
        for seed in 0..10 {
            let household = household(&pack, &mut numbers(seed), 3, as_of);
            let told = answer(&pack, &household, &check(&pack, &household, as_of, as_of), Locale::En);
            let figures = told.results.iter().flat_map(ResultAnswer::figures).filter_map(|it| it.source.as_ref());
            let reasons = told.results.iter().flat_map(|result| &result.reasons);
            let rules: Vec<&RuleAnswer> = reasons.clone().flat_map(|reason| &reason.rules).collect();
            let basis = reasons.flat_map(|reason| &reason.basis).chain(rules.iter().map(|rule| &rule.source));
            for source in figures.chain(basis) {
                assert!(!chinese(&source.title), "{}: {}", pack.region, source.title);
            }
            assert!(!rules.is_empty() && rules.iter().all(|rule| !chinese(&rule.asks)), "{}", pack.region);
        }
    }
}

#[test]
fn a_document_has_one_english_title_and_the_same_numbers_in_both_languages() {
    let packs = packs();
    let mut titles = BTreeMap::new();
    for source in packs.iter().flat_map(|pack| &pack.sources) {
        let known = *titles.entry(&source.document).or_insert(&source.document_en);
        assert_eq!(known, &source.document_en, "{}", source.document);
        for number in source.document.split('〔').skip(1) {
            let (year, number) = number.split_once('〕').unwrap();
            let number = format!("[{year}] No. {}", number.split_once('号').unwrap().0);
            assert!(source.document_en.contains(&number), "{}: {}", source.document, source.document_en);
        }
        let english = source.article_en.as_deref().unwrap_or_default();
        let articles: Vec<u32> =
            english.split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect();
        // Laws have articles, opinions and notices have sections with items: `Section 1 (1)`.
        let (one, many, part) = if english.starts_with("Sec") {
            ("Section ", "Sections ", "部分")
        } else {
            ("Article ", "Articles ", "条")
        };
        let item = english.contains('(');
        let written = articles.iter().enumerate().map(|(place, number)| match (place, numeral::chinese(*number)) {
            (1, number) if item => format!("第（{number}）项"),
            (_, number) => format!("第{number}{part}"),
        });
        let chinese = source.article.as_deref().unwrap_or_default().replace(['、', '至'], "");
        assert_eq!(chinese, written.collect::<String>(), "{english}");
        let begin = ["", one, if item { one } else { many }][articles.len().min(2)];
        assert!(english.starts_with(begin), "{english}");
    }
    assert!(titles.len() > 50, "only {} documents", titles.len());
}

#[test]
fn a_law_is_cited_from_the_day_on_which_it_binds() {
    let law = "《中华人民共和国社会救助法》";
    for pack in packs() {
        let household = household(&pack, &mut numbers(1), 2, "2026-06-30".parse().unwrap());
        let cites = |day: &str| {
            let day = day.parse().unwrap();
            let told = answer(&pack, &household, &check(&pack, &household, day, NaiveDate::MAX), Locale::Zh);
            let reasons = told.results.iter().flat_map(|result| &result.reasons);
            let sources = reasons.flat_map(|reason| reason.rules.iter().map(|rule| &rule.source).chain(&reason.basis));
            sources.filter(|source| source.title.starts_with(law)).count()
        };
        assert_eq!(cites("2026-06-30"), 0, "{}", pack.region);
        assert!(cites("2026-07-01") > 0, "{}", pack.region);
    }
}

/// Every fact of a household, with what is asked of whom.
fn all_asked(pack: &Pack, household: &Household) -> Vec<Question> {
    let facts = pack.facts.iter().enumerate();
    let asked = facts.flat_map(|(place, fact)| match fact.scope {
        Scope::Household => vec![Question::Household(place)],
        Scope::Person => (0..household.people.len()).map(|person| Question::Person(person, place)).collect(),
    });
    asked.chain([Question::People]).collect()
}

#[test]
fn learning_more_never_turns_a_yes_into_a_no_or_back_and_only_what_is_named_open_matters() {
    let as_of = "2025-06-30".parse().unwrap();
    for (region, pack) in packs().iter().enumerate() {
        for seed in 0..25 {
            let mut numbers = numbers(seed * 1000 + region as u64);
            let people = usize::try_from(numbers.next().unwrap() % 4 + 1).unwrap();
            let full = household(pack, &mut numbers, people, as_of);
            let mut order = all_asked(pack, &full);
            // Learnt in any order.
            for place in (1..order.len()).rev() {
                order.swap(place, usize::try_from(numbers.next().unwrap() % (place as u64 + 1)).unwrap());
            }
            let mut known = full.clone();
            for asked in &order {
                known.set(*asked, Answer::NotAsked);
            }
            let mut before = check(pack, &known, as_of, as_of);
            for asked in order {
                known.set(asked, full.answer(asked));
                let after = check(pack, &known, as_of, as_of);
                for (one, two) in before.verdicts.iter().zip(&after.verdicts) {
                    let id = &pack.benefits[one.benefit].id;
                    let settled = matches!(one.status, Status::Likely | Status::No);
                    assert!(!settled || one.status == two.status, "{id} of {} turned: {one:?} {two:?}", pack.region);
                    if !one.open.contains(&asked) {
                        assert_eq!(one.status, two.status, "{id} of {} changed by {asked:?}", pack.region);
                        assert!(two.open.iter().all(|fact| one.open.contains(fact)), "{id}: a new question came up");
                    }
                }
                before = after;
            }
        }
    }
}

/// Of everything that is asked for a benefit, some household's outcome turns on it when all else is known.
#[test]
fn no_question_is_only_ever_asked_in_vain() {
    let as_of = "2025-06-30".parse().unwrap();
    for pack in packs() {
        let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut decided: BTreeSet<(usize, usize)> = BTreeSet::new();
        for seed in 0..60 {
            let mut numbers = numbers(seed);
            let full = household(&pack, &mut numbers, usize::try_from(seed % 3 + 1).unwrap(), as_of);
            let everything = all_asked(&pack, &full);
            let mut known = full.clone();
            for asked in everything.iter().filter(|asked| **asked != Question::People) {
                if numbers.next().unwrap() % 4 < seed % 4 + 1 {
                    known.set(*asked, Answer::NotAsked);
                }
            }
            for verdict in check(&pack, &known, as_of, as_of).verdicts {
                for asked in &verdict.open {
                    let (Question::Household(fact) | Question::Person(_, fact)) = *asked else { continue };
                    open.insert((verdict.benefit, fact));
                    if !decided.contains(&(verdict.benefit, fact))
                        && (0..40).any(|_| turns_on(&pack, &known, &verdict, *asked, &mut numbers, as_of))
                    {
                        decided.insert((verdict.benefit, fact));
                    }
                }
            }
        }
        let mut numbers = numbers(4711);
        let mut seldom =
            |benefit: usize, fact: usize| (0..30_000).any(|_| turns_for_somebody(&pack, benefit, fact, &mut numbers));
        let vain: Vec<_> = open.difference(&decided).filter(|(benefit, fact)| !seldom(*benefit, *fact)).collect();
        let named = |(benefit, fact): &(usize, usize)| (&pack.benefits[*benefit].id, &pack.facts[*fact].id);
        assert!(vain.is_empty(), "{}: {:?}", pack.region, vain.into_iter().map(named).collect::<Vec<_>>());
    }
}

/// Whether two answers to one question give two outcomes, once everything else is answered somehow.
fn turns_on(
    pack: &Pack,
    known: &Household,
    verdict: &Verdict,
    asked: Question,
    numbers: &mut impl Iterator<Item = u64>,
    as_of: NaiveDate,
) -> bool {
    let mut full = known.clone();
    for other in all_asked(pack, known).into_iter().filter(|other| known.answer(*other) == Answer::NotAsked) {
        full.set(other, some_answer(pack, other, numbers, as_of));
    }
    let outcomes: BTreeSet<u8> = (0..12)
        .map(|_| {
            full.set(asked, some_answer(pack, asked, numbers, as_of));
            Evaluation::new(pack, &full, as_of, as_of).eligible(verdict.benefit, verdict.who) as u8
        })
        .collect();
    outcomes.len() > 1
}

/// Whether a benefit that a household found at random may have would stand otherwise with another answer.
fn turns_for_somebody(pack: &Pack, benefit: usize, fact: usize, numbers: &mut impl Iterator<Item = u64>) -> bool {
    // A day of which most places' figures are known by now.
    let as_of = "2024-06-30".parse().unwrap();
    let mut full = Household::new(pack);
    for _ in 0..=numbers.next().unwrap() % 3 {
        full.add("");
    }
    for asked in all_asked(pack, &full) {
        let is_money = asked.fact().is_some_and(|(fact, _)| matches!(pack.facts[fact].kind, Kind::Money { .. }));
        // Mostly nothing, and else of the size of standards or ten times of it.
        let answer = if is_money {
            let sum = i64::try_from(numbers.next().unwrap() % 240).unwrap();
            let size = if numbers.next().unwrap().is_multiple_of(2) { 10_000 } else { 100_000 };
            Answer::exactly((sum - 180).max(0) * size)
        } else {
            some_answer(pack, asked, numbers, as_of)
        };
        full.set(asked, answer);
    }
    let who = (pack.benefits[benefit].scope == Scope::Person).then_some(0);
    let stands = |full: &Household| Evaluation::new(pack, full, as_of, NaiveDate::MAX).eligible(benefit, who);
    let whose = (pack.facts[fact].scope == Scope::Person).then_some(0);
    let before = stands(&full);
    before != Truth::No
        && (0..12).any(|_| {
            full.set(Question::of(fact, whose), some_answer(pack, Question::of(fact, whose), numbers, as_of));
            stands(&full) != before
        })
}

/// Small and large answers alike, so that thresholds of every size are passed.
fn some_answer(pack: &Pack, asked: Question, numbers: &mut impl Iterator<Item = u64>, as_of: NaiveDate) -> Answer {
    let (Question::Household(fact) | Question::Person(_, fact)) = asked else { return EVERYBODY };
    let mut below = |limit: u64| i64::try_from(numbers.next().unwrap() % limit).unwrap();
    match &pack.facts[fact].kind {
        Kind::Choice(options) => Answer::OneOf(1 << below(options.len() as u64)),
        Kind::Money { .. } => Answer::exactly(below(2) * below(200) * 10_i64.pow(2 + u32::try_from(below(4)).unwrap())),
        Kind::Count { least, most } => Answer::exactly(least + below((most - least + 1).unsigned_abs())),
        Kind::Birth => told::birth::born(below(110), as_of).map_or(Answer::NotAsked, Answer::Number),
    }
}

#[test]
fn the_order_of_answers_does_not_matter() {
    let as_of = "2025-06-30".parse().unwrap();
    for pack in packs() {
        let full = household(&pack, &mut numbers(7), 3, as_of);
        let asked = all_asked(&pack, &full);
        let outcome = |order: &mut dyn Iterator<Item = &Question>| {
            let mut known = Household::new(&pack);
            for person in &full.people {
                known.add(person.name.clone());
            }
            for asked in order {
                known.set(*asked, full.answer(*asked));
            }
            serde_json::to_string(&check(&pack, &known, as_of, as_of)).unwrap()
        };
        let half = || asked.iter().step_by(2);
        assert_eq!(outcome(&mut half()), outcome(&mut half().rev()));
    }
}
