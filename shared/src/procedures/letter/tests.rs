use super::*;
use crate::procedures::compile::{
    compile,
    tests::{compiled, files, shenzhen},
};
use crate::procedures::told::before::before;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn decided<'a>(procedure: &'a Procedure, decision: &'a Decision) -> Decided<'a> {
    Decided {
        procedure,
        decision,
        reference: "GB12-3456",
        applicant: "钱演示",
        account: Some("**** 0128"),
        submitted_on: day("2026-05-13"),
        decided_on: day("2026-05-20"),
        counts_on: Some(day("2026-05-10")),
        paid_by: None,
        bureau: Bureau {
            organ: "演示市民政局",
            phone: Some("0755-00000000"),
            government: "演示市人民政府",
            court: "演示市人民法院",
        },
    }
}

fn refusal(requirement: Option<&str>) -> Decision {
    refusal_by(requirement, "")
}

/// The same with an article that somebody names.
fn refusal_by(requirement: Option<&str>, article: &str) -> Decision {
    Decision::Refused {
        requirement: requirement.map(str::to_owned),
        facts: "安葬证明上写的是外地的海域。".to_owned(),
        evidence: "安葬证明".to_owned(),
        article: article.to_owned(),
    }
}

/// All that stands in it.
fn text(letter: &Letter) -> String {
    let lines = letter.lines.iter().map(|(name, value)| format!("{name}：{value}\n"));
    let rest = letter.sentences.iter().chain(&letter.contested).map(|sentence| format!("{sentence}\n"));
    format!("{}\n{}", letter.title, lines.chain(rest).collect::<String>())
}

#[track_caller]
fn says(letter: &Letter, words: &[&str]) {
    let text = text(letter);
    for words in words {
        assert!(text.contains(words), "it does not say {words}:\n{text}");
    }
}

#[test]
fn a_grant_says_what_how_much_and_where_the_money_goes_and_promises_no_day_that_nothing_sets() {
    let procedure = shenzhen();
    let decision = Decision::Granted { fen: Some(300_000) };
    let granted = decided(&procedure, &decision);
    let zh = letter(&granted, Locale::Zh);
    says(
        &zh,
        &[
            "关于节地生态安葬奖补申请的决定",
            "决定：准予",
            "金额：3,000 元",
            "**** 0128",
            "现在还没有定",
            "0755-00000000",
        ],
    );
    says(&letter(&granted, Locale::En), &["Green-burial reward", "granted", "3,000 yuan", "not settled yet"]);
    let dated = Decided { paid_by: Some(day("2026-06-30")), ..granted };
    says(&letter(&dated, Locale::Zh), &["最迟 2026年6月30日 打出"]);
    assert!(!text(&letter(&dated, Locale::Zh)).contains("还没有定"));
    let unknown = Decision::Granted { fen: None };
    says(&letter(&decided(&procedure, &unknown), Locale::Zh), &["金额：由演示市民政局另外核定，再书面告诉您"]);
}

#[test]
fn a_demonstrations_own_sum_is_told_as_one_before_and_in_the_letter() {
    let mut files = files();
    let file = files.get_mut("440300/procedures/green_burial.toml").unwrap();
    *file = file.replace("grade = \"copied\"", "grade = \"demo\"");
    let procedure = compile(&files, "440300", "green_burial").unwrap();
    assert!(procedure.has_demo_sums() && !shenzhen().has_demo_sums());
    let decision = Decision::Granted { fen: Some(300_000) };
    let granted = decided(&procedure, &decision);
    says(&letter(&granted, Locale::Zh), &["金额：3,000 元（演示用的数字，不作数）"]);
    says(&letter(&granted, Locale::En), &["3,000 yuan (a figure of the demonstration"]);

    let pairs = [
        ("deceased_hukou_here", "yes"),
        ("burial_kind", "sea"),
        ("organised", "yes"),
        ("died_on", "2026-05-06"),
        ("buried_on", "2026-09-20"),
        ("relation", "child"),
    ];
    let typed = pairs.into_iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect();
    let checked = procedure.check(&typed, day("2026-11-28"));
    for (locale, words) in [(Locale::Zh, "演示用的数字"), (Locale::En, "invented for this demonstration")] {
        let told = before(&procedure, &checked, locale).join("\n");
        assert!(told.contains(words) && told.contains("3,000"), "{told}");
    }
}

#[test]
fn what_is_paid_in_cash_names_no_account() {
    let (procedure, why) = (shenzhen(), "本人没有银行账户。".to_owned());
    let decision = Decision::Cash { fen: Some(300_000), why };
    let zh = letter(&decided(&procedure, &decision), Locale::Zh);
    says(&zh, &["金额：3,000 元", "付现金", "签收"]);
    assert!(!text(&zh).contains("0128"), "{}", text(&zh));
    says(&letter(&decided(&procedure, &decision), Locale::En), &["in cash"]);
}

#[test]
fn what_is_waived_sends_no_money() {
    let procedure = Procedure { payee: Payee::Waived, ..shenzhen() };
    let decision = Decision::Granted { fen: Some(220_000) };
    let waived = text(&letter(&decided(&procedure, &decision), Locale::Zh));
    assert!(waived.contains("不用您付") && !waived.contains("打款") && !waived.contains("0128"), "{waived}");
}

#[test]
fn a_refusal_says_what_was_found_what_shows_it_and_by_which_article() {
    let (procedure, decision) = (shenzhen(), refusal(Some("place")));
    let refused = decided(&procedure, &decision);
    says(
        &letter(&refused, Locale::Zh),
        &[
            "决定：不予",
            "查明的事实：安葬证明上写的是外地的海域。",
            "证据：安葬证明",
            "《深圳市节地生态安葬奖励办法（深民规〔2023〕6号）》第三条",
            "可以再申请",
        ],
    );
    says(&letter(&refused, Locale::En), &["refused", "Article 3", "apply again"]);
    let other = refusal_by(None, "《殡葬管理条例》第三十一条");
    says(&letter(&decided(&procedure, &other), Locale::Zh), &["依据：《殡葬管理条例》第三十一条\n"]);
}

#[test]
fn a_letter_cites_the_article_that_says_what_is_not_met_and_no_other() {
    let cited = |procedure: &Procedure, requirement: &str| {
        articles(procedure, Some(requirement), day("2026-05-10"), Locale::Zh).join("、")
    };
    let (shenzhen, longnan) = (shenzhen(), compiled("360783"));
    assert!(cited(&shenzhen, "place").ends_with("第三条") && cited(&shenzhen, "kind").ends_with("第二条"));
    assert_eq!(cited(&longnan, "hukou"), "《龙南市节地生态安葬奖补实施办法》第四条");
    // Seen in a copy, in a report, or in guidance that has no articles.
    for (procedure, requirement) in [
        (&shenzhen, "hukou"),
        (&shenzhen, "handler"),
        (&compiled("370100"), "hukou"),
        (&compiled("440100"), "hukou"),
        (&compile(&files(), "440300", "funeral_fees").unwrap(), "hukou"),
    ] {
        assert_eq!(cited(procedure, requirement), "", "{} {requirement}", procedure.rules.region);
        let decision = refusal_by(Some(requirement), "《某办法》第五条");
        for locale in Locale::ALL {
            let letter = letter(&decided(procedure, &decision), locale);
            let by = letter.lines.iter().filter(|(_, value)| value == "《某办法》第五条").count();
            assert_eq!(by, 1, "{}", text(&letter));
            for report in ["转载", "copies", "日报", "时报", "Daily", "第三十一条", "规定的条件"] {
                assert!(!text(&letter).contains(report), "{report}: {}", text(&letter));
            }
        }
    }
}

#[test]
fn no_letter_cites_a_text_for_a_day_before_it_binds() {
    let procedure = shenzhen();
    let on = |day| articles(&procedure, Some("place"), day, Locale::Zh).join("、");
    assert!(!on(day("2023-09-25")).contains("深圳市") && on(day("2023-09-26")).contains("深圳市"));
    // It is the day of the burial that counts, whenever it is decided.
    let decision = refusal(Some("place"));
    let before = Decided { counts_on: Some(day("2023-09-25")), ..decided(&procedure, &decision) };
    assert!(!text(&letter(&before, Locale::Zh)).contains("依据"));
    let without = Decided { counts_on: None, ..before };
    says(&letter(&without, Locale::Zh), &["第三条"]);
    let binds = |day: NaiveDate| {
        let law = procedure.rules.sources.iter().find(|source| source.document.contains("第824号")).unwrap();
        law.binds_on(day)
    };
    assert!(!binds(day("2026-03-29")) && binds(day("2026-03-30")), "the regulations of 2026");
}

#[test]
fn every_letter_says_where_it_is_contested_and_threatens_with_nothing() {
    let procedure = shenzhen();
    let mut decisions = vec![Decision::Granted { fen: Some(100_000) }, Decision::Granted { fen: None }, refusal(None)];
    decisions.extend(procedure.requirements().iter().map(|requirement| refusal(Some(&requirement.id))));
    assert!(decisions.len() > 5, "{decisions:?}");
    for decision in &decisions {
        let decided = decided(&procedure, decision);
        let zh = letter(&decided, Locale::Zh);
        says(&zh, &["演示市人民政府", "60 日内", "演示市人民法院", "6 个月内", "GB12-3456", "2026年5月20日"]);
        let en = letter(&decided, Locale::En);
        says(&en, &["演示市人民政府", "within 60 days", "演示市人民法院", "within 6 months"]);
        let both = format!("{}{}", text(&zh), text(&en).to_lowercase());
        for threat in ["罚", "责任", "fine ", "fined", "penalt", "liable"] {
            assert!(!both.contains(threat), "{threat}: {both}");
        }
    }
}
