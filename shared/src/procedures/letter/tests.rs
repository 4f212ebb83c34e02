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
    Decision::Refused {
        requirement: requirement.map(str::to_owned),
        facts: "安葬证明上写的是外地的海域。".to_owned(),
        evidence: "安葬证明".to_owned(),
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
    says(&letter(&decided(&procedure, &unknown), Locale::Zh), &["金额：按演示市民政局核定的"]);
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
        ("buried_here", "yes"),
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
    let other = refusal(None);
    says(&letter(&decided(&procedure, &other), Locale::Zh), &["依据：《", "第三十一条"]);
}

#[test]
fn no_letter_rests_on_a_copy_or_on_a_report_of_a_text() {
    for procedure in [shenzhen(), compiled("330902"), compiled("370100")] {
        for requirement in procedure.requirements() {
            let decision = refusal(Some(&requirement.id));
            let text = Locale::ALL.map(|locale| text(&letter(&decided(&procedure, &decision), locale))).join("\n");
            for report in ["转载", "cop", "日报", "Daily", "居住证"] {
                assert!(!text.contains(report), "{}: {text}", requirement.id);
            }
            assert!(text.contains("依据：《") && text.contains("条"), "{}: {text}", requirement.id);
        }
    }
    let decision = refusal(Some("hukou"));
    says(&letter(&decided(&shenzhen(), &decision), Locale::Zh), &["这次没有同意", "《殡葬管理条例"]);
    // Where a report is all that was seen, it is named rather than nothing.
    let fees = compile(&files(), "440300", "funeral_fees").unwrap();
    says(&letter(&decided(&fees, &decision), Locale::Zh), &["《深圳市免除殡葬基本服务费用实施办法"]);
}

#[test]
fn no_letter_cites_a_text_before_it_binds() {
    let mut procedure = shenzhen();
    let at = procedure.requirement("place").unwrap().text[0].source;
    procedure.rules.sources[at].in_force = Some(day("2026-05-21"));
    let on = |day| articles(&procedure, Some("place"), day, Locale::Zh).join("、");
    assert!(!on(day("2026-05-20")).contains("深圳市") && on(day("2026-05-21")).contains("深圳市"));
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
