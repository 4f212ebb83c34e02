use super::*;
use crate::procedures::compile::tests::{compiled, shenzhen};

fn read(pairs: &[(&str, &str)]) -> Result<Decision, Vec<String>> {
    read_on("2026-05-10", pairs)
}

/// By the texts that bind on a day.
fn read_on(counts_on: &str, pairs: &[(&str, &str)]) -> Result<Decision, Vec<String>> {
    let typed = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let said = |errors: FieldErrors| errors.iter().map(|error| error.reason.code().to_owned()).collect();
    Decision::read(&shenzhen(), &typed, day(counts_on)).map_err(said)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A refusal whose article is named.
const REFUSED: [(&str, &str); 4] = [
    ("outcome", "refused"),
    ("facts", "安葬证明上写的是外地的海域。"),
    ("evidence", "安葬证明"),
    ("article", "《深圳市节地生态安葬奖励办法》第四条"),
];

#[test]
fn a_grant_has_a_sum_or_leaves_it_to_the_bureau() {
    assert_eq!(read(&[("outcome", "granted"), ("sum", "3,000")]), Ok(Decision::Granted { fen: Some(300_000) }));
    assert_eq!(read(&[("outcome", "granted")]), Ok(Decision::Granted { fen: None }));
    for wrong in ["0", "-5", "三千", "99999999"] {
        assert_eq!(read(&[("outcome", "granted"), ("sum", wrong)]), Err(vec!["decision_sum".to_owned()]), "{wrong}");
    }
}

#[test]
fn cash_is_an_exception_with_a_reason_and_only_where_something_is_paid() {
    let cash = [("outcome", "granted"), ("sum", "3000"), ("cash", "本人没有银行账户。")];
    let decided = Decision::Cash { fen: Some(300_000), why: "本人没有银行账户。".to_owned() };
    assert_eq!(read(&cash), Ok(decided.clone()));
    assert_eq!(decided.outcome(), Outcome::Granted);
    assert_eq!(read(&[cash[0], cash[1], ("cash", "  ")]), Ok(Decision::Granted { fen: Some(300_000) }));
    let number = read(&[cash[0], ("sum", "x"), ("cash", "卡号 6222 0212 3456 7890")]);
    assert_eq!(number, Err(vec!["decision_sum".to_owned(), "words_number".to_owned()]), "both at once");
    let waived = Procedure { payee: Payee::Waived, ..shenzhen() };
    let typed = cash.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let errors = Decision::read(&waived, &typed, day("2026-05-10")).unwrap_err();
    assert!(errors.for_field("cash").is_some(), "{errors}");
}

#[test]
fn a_refusal_names_what_is_not_met_what_was_found_and_what_shows_it() {
    let whole = [
        ("outcome", "refused"),
        ("requirement", "place"),
        ("facts", "安葬证明上写的是外地的海域。"),
        ("evidence", "安葬证明"),
    ];
    let Ok(Decision::Refused { requirement, .. }) = read(&whole) else { panic!("{:?}", read(&whole)) };
    assert_eq!(requirement.as_deref(), Some("place"));
    let missing = ["decision_requirement_missing", "decision_facts_missing", "decision_evidence_missing"];
    assert_eq!(read(&[("outcome", "refused")]), Err(missing.map(str::to_owned).to_vec()), "all at once");
    assert!(read(&[("requirement", "no_such"), whole[0], whole[2], whole[3]]).is_err());
    assert_eq!(read(&[]), Err(vec!["decision_outcome_missing".to_owned()]));
}

#[test]
fn where_no_text_that_was_seen_carries_it_a_refusal_names_its_article() {
    let [outcome, facts, evidence, article] = REFUSED;
    let missing = Err(vec!["decision_article_missing".to_owned()]);
    // Whose register counts was seen in copies alone, and something else in no text at all.
    for requirement in ["hukou", "handler", "other"] {
        assert_eq!(read(&[outcome, ("requirement", requirement), facts, evidence]), missing, "{requirement}");
        let whole = read(&[outcome, ("requirement", requirement), facts, evidence, article]);
        let Ok(Decision::Refused { article, .. }) = whole else { panic!("{requirement}: {whole:?}") };
        assert_eq!(article, "《深圳市节地生态安葬奖励办法》第四条");
    }
    let place = [outcome, ("requirement", "place"), facts, evidence];
    assert!(read(&place).is_ok(), "Article 3 was read");
    assert_eq!(read_on("2023-09-25", &place), missing, "and binds nobody before its day");
    assert!(read_on("2023-09-26", &place).is_ok());
}

#[test]
fn what_no_text_says_is_no_ground_of_a_refusal() {
    let [outcome, facts, evidence, article] = REFUSED;
    for requirement in ["order", "died_from"] {
        let refused = read(&[outcome, ("requirement", requirement), facts, evidence, article]);
        assert_eq!(refused, Err(vec!["not_offered".to_owned()]), "{requirement}");
    }
    let grounds = |procedure: &Procedure| procedure.grounds().map(|ground| ground.id.clone()).collect::<Vec<_>>();
    assert_eq!(grounds(&compiled("330902")), [""; 0], "of Dinghai no text was seen");
    assert_eq!(grounds(&compiled("370100")), ["died_from", "hukou", "kind"]);
}

#[test]
fn what_was_decided_comes_back_from_the_record_whatever_was_typed() {
    let procedure = shenzhen();
    let refused = |requirement: Option<&str>, facts: &str, [evidence, article]: [&str; 2]| Decision::Refused {
        requirement: requirement.map(str::to_owned),
        facts: facts.to_owned(),
        evidence: evidence.to_owned(),
        article: article.to_owned(),
    };
    for decision in [
        Decision::Granted { fen: Some(300_050) },
        Decision::Granted { fen: None },
        Decision::Cash { fen: Some(300_050), why: "本人没有银行账户。".to_owned() },
        Decision::Cash { fen: None, why: "行动不便，由社区送到家里。".to_owned() },
        refused(Some("place"), "葬在外地的海域。", ["安葬证明", ""]),
        refused(None, "这份骨灰已经领过。", ["2026年的发放记录", "深民规〔2023〕6号第五条"]),
    ] {
        let words = decision.words(&procedure);
        assert_eq!(Decision::of_words(&procedure, decision.outcome(), &words), decision, "{words}");
    }
    let marked = refused(None, "写着〔证据〕两个字", ["证明〔依据〕", ""]).words(&procedure);
    let back = Decision::of_words(&procedure, Outcome::Refused, &marked);
    assert_eq!(back, refused(None, "写着证据两个字", ["证明依据", ""]));
    let old = Decision::of_words(&procedure, Outcome::Refused, "不符合");
    assert_eq!(old, refused(None, "不符合", ["", ""]));
}

#[test]
fn whatever_is_decided_is_kept_in_the_record_as_it_is() {
    let procedure = shenzhen();
    let [longest, shown, named] =
        [Decision::LONGEST.0, Decision::LONGEST.1, Decision::LONGEST.2].map(|most| "长".repeat(most));
    let mut all = vec![
        Decision::Granted { fen: Some(Decision::MOST) },
        Decision::Granted { fen: Some(Decision::MOST - 1) },
        Decision::Granted { fen: Some(300_000) },
        Decision::Granted { fen: None },
        Decision::Cash { fen: Some(Decision::MOST), why: longest.clone() },
    ];
    let ids = procedure.requirements().iter().map(|requirement| Some(requirement.id.clone())).chain([None]);
    all.extend(ids.map(|requirement| Decision::Refused {
        requirement,
        facts: longest.clone(),
        evidence: shown.clone(),
        article: named.clone(),
    }));
    for decision in all {
        let words = decision.words(&procedure);
        let kept = PlainWords::of(PlainWords::ASKED, 500, &words).unwrap_or_else(|wrong| panic!("{words}: {wrong:?}"));
        assert_eq!(kept.as_str(), words);
    }
}

#[test]
fn what_names_somebody_by_a_number_is_no_fact_for_the_record() {
    let number = [
        ("outcome", "refused"),
        ("requirement", "other"),
        ("article", "演示办法第五条"),
        ("facts", "证号 440308 19990110 1512"),
        ("evidence", "安葬证明"),
    ];
    assert_eq!(read(&number), Err(vec!["words_number".to_owned()]));
}

#[test]
fn whoever_decides_by_a_condition_that_no_text_settles_is_known() {
    let is_unsettled = |procedure: &Procedure, id: &str| procedure.is_unsettled(procedure.requirement(id).unwrap());
    let (shenzhen, guangzhou) = (shenzhen(), compiled("440100"));
    assert!(is_unsettled(&shenzhen, "hukou") && is_unsettled(&shenzhen, "handler"));
    assert!(!is_unsettled(&shenzhen, "place") && !is_unsettled(&shenzhen, "order"));
    assert!(is_unsettled(&guangzhou, "handler") && !is_unsettled(&guangzhou, "hukou"));
}
