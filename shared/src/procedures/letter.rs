//! What a decision letter says: what is granted, how much and when it is paid; what is refused, on which facts and by which article;
//! and where either is contested (行政复议法 art 20, 行政诉讼法 art 46). It tells what was decided and threatens with nothing.

use chrono::NaiveDate;

use super::decision::Decision;
use super::definition::{Payee, Procedure};
use super::state::Outcome;
use crate::contesting;
use crate::eligibility::pack::{Grade, Passage};
use crate::locale::Locale;

/// What was decided, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    pub procedure: &'a Procedure,
    pub decision: &'a Decision,
    pub reference: &'a str,
    pub applicant: &'a str,
    /// The account as it is shown, `**** 0128`; none where no money goes anywhere.
    pub account: Option<&'a str>,
    pub submitted_on: NaiveDate,
    pub decided_on: NaiveDate,
    /// The day whose rules count, where the procedure has one and it was answered; else it is that of the decision.
    pub counts_on: Option<NaiveDate>,
    /// The last day on which it is paid, where anything that was seen sets one.
    pub paid_by: Option<NaiveDate>,
    pub bureau: Bureau<'a>,
}

/// Who decided, and where that is contested, as the settings name them.
#[derive(Clone, Copy, Debug)]
pub struct Bureau<'a> {
    pub organ: &'a str,
    pub phone: Option<&'a str>,
    pub government: &'a str,
    pub court: &'a str,
}

/// A letter in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub title: String,
    /// Line by line, each with what it is called.
    pub lines: Vec<(&'static str, String)>,
    pub sentences: Vec<String>,
    /// A review, and a suit.
    pub contested: [String; 2],
}

/// The letter of a decision.
pub fn letter(decided: &Decided<'_>, locale: Locale) -> Letter {
    let name = decided.procedure.name();
    let name = name.say(locale);
    let title = say!(locale, "关于{name}申请的决定", "Decision on an application: {name}");
    let (own, sentences) = match decided.decision {
        Decision::Granted { fen } => (granted(decided, *fen, locale), paid(decided, locale)),
        Decision::Cash { fen, .. } => (granted(decided, *fen, locale), in_cash(decided, locale)),
        Decision::Refused { requirement, facts, evidence, article } => {
            (refused(decided, (requirement.as_deref(), facts, evidence, article), locale), again(decided, locale))
        }
    };
    let mut lines = vec![
        (locale.say("申请编号", "Reference"), decided.reference.to_owned()),
        (locale.say("申请人", "Applicant"), decided.applicant.to_owned()),
        (locale.say("提交日期", "Handed in on"), locale.date(decided.submitted_on)),
        (locale.say("决定日期", "Decided on"), locale.date(decided.decided_on)),
        (locale.say("决定", "Decision"), outcome(decided.decision.outcome(), locale).to_owned()),
    ];
    lines.extend(own);
    let Bureau { government, court, .. } = decided.bureau;
    Letter {
        title,
        lines,
        sentences,
        contested: [contesting::review(locale, government), contesting::suit(locale, court)],
    }
}

/// The articles that ask what is not met, as far as they bind on the day that counts; nothing in place of them, since no other text
/// says it. A copy or a report is no law, and an official text without articles is guidance: neither is cited.
pub fn articles(procedure: &Procedure, requirement: Option<&str>, on: NaiveDate, locale: Locale) -> Vec<String> {
    let pack = &procedure.rules;
    let texts = requirement.and_then(|id| procedure.requirement(id)).map_or(&[][..], |known| known.text.as_slice());
    let carries = |passage: &&Passage| {
        let source = &pack.sources[passage.source];
        let names_article = passage.at.is_some() || source.article.is_some();
        source.grade == Grade::Official && names_article && source.binds_on(on)
    };
    let mut cited: Vec<String> = texts.iter().filter(carries).map(|passage| passage.cited(pack, locale)).collect();
    cited.dedup();
    cited
}

/// What stands under 依据: the articles that were seen, and what whoever proposed names beside or instead of them.
pub fn according_to(
    procedure: &Procedure,
    (requirement, article): (Option<&str>, &str),
    on: NaiveDate,
    locale: Locale,
) -> String {
    let mut cited = articles(procedure, requirement, on, locale);
    if !article.is_empty() {
        cited.push(article.to_owned());
    }
    cited.join(locale.say("、", "; "))
}

/// What a decision is called, as it stands in a letter.
pub fn outcome(outcome: Outcome, locale: Locale) -> &'static str {
    match outcome {
        Outcome::Granted => locale.say("准予", "granted"),
        Outcome::Refused => locale.say("不予", "refused"),
    }
}

fn granted(decided: &Decided<'_>, fen: Option<i64>, locale: Locale) -> Vec<(&'static str, String)> {
    let organ = decided.bureau.organ;
    let sum = match fen {
        Some(fen) => decided.procedure.told_sum(fen, locale),
        None => {
            say!(locale, "由{organ}另外核定，再书面告诉您", "{organ} works it out separately and tells you in writing")
        }
    };
    vec![(locale.say("金额", "Sum"), sum)]
}

fn paid(decided: &Decided<'_>, locale: Locale) -> Vec<String> {
    let opening = opening(decided, locale);
    let ask = ask(decided, locale);
    let (how, when) = match (decided.procedure.payee, decided.account) {
        (Payee::Waived, _) => {
            let how =
                locale.say("这笔费用不用您付，也没有钱要打给您。", "You do not pay this fee, and no money is sent.");
            return vec![opening, how.to_owned(), ask];
        }
        (Payee::Applicant, Some(account)) => (
            say!(
                locale,
                "钱打到申请里填写的账号（{account}）。账号要改的，请在打款以前告诉我们。",
                "The money goes to the account that the application names ({account}). If it has changed, tell us before it is sent."
            ),
            when(decided, locale),
        ),
        (Payee::Applicant, None) => (
            locale
                .say("打到哪个账号，我们会再和您确认。", "We will ask you to which account the money goes.")
                .to_owned(),
            when(decided, locale),
        ),
    };
    vec![opening, how, when, ask]
}

/// As an exception that two people have signed; no account is named.
fn in_cash(decided: &Decided<'_>, locale: Locale) -> Vec<String> {
    let organ = decided.bureau.organ;
    let how = say!(
        locale,
        "这次例外付现金：请本人带身份证到{organ}领取，领取时签收。",
        "As an exception it is paid in cash: bring your identity card to {organ} and sign for it."
    );
    vec![opening(decided, locale), how, ask(decided, locale)]
}

/// A day is named only where something sets it.
fn when(decided: &Decided<'_>, locale: Locale) -> String {
    let organ = decided.bureau.organ;
    match decided.paid_by.map(|day| locale.date(day)) {
        Some(day) => say!(locale, "最迟 {day} 打出。", "It is sent by {day} at the latest."),
        None => say!(
            locale,
            "哪一天打款，由{organ}安排，现在还没有定。",
            "On which day it is sent is for {organ} to arrange and not settled yet."
        ),
    }
}

fn refused(
    decided: &Decided<'_>,
    (requirement, facts, evidence, article): (Option<&str>, &str, &str, &str),
    locale: Locale,
) -> Vec<(&'static str, String)> {
    let Decided { procedure, counts_on, decided_on, .. } = *decided;
    let on = counts_on.unwrap_or(decided_on);
    let articles = articles(procedure, requirement, on, locale);
    // What is asked stands beside the text that asks it, and beside no other.
    let asks = requirement.and_then(|id| procedure.requirement(id)).map(|requirement| {
        let texts =
            requirement.text.iter().filter(|passage| articles.contains(&passage.cited(&procedure.rules, locale)));
        texts.map(|passage| passage.asks.say(locale)).collect::<Vec<_>>().join(locale.say("", " "))
    });
    let asks = asks.filter(|asks| !asks.is_empty()).map(|asks| (locale.say("规定的条件", "What is asked"), asks));
    let by = according_to(procedure, (requirement, article), on, locale);
    [
        Some((locale.say("查明的事实", "What was found"), facts.to_owned())),
        (!evidence.is_empty()).then(|| (locale.say("证据", "Evidence"), evidence.to_owned())),
        asks,
        (!by.is_empty()).then(|| (locale.say("依据", "According to"), by)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn again(decided: &Decided<'_>, locale: Locale) -> Vec<String> {
    let again = locale.say(
        "情况有变化，或者有了新的材料，可以再申请。",
        "If something changes or you have further papers, you can apply again.",
    );
    vec![opening(decided, locale), again.to_owned(), ask(decided, locale)]
}

fn opening(decided: &Decided<'_>, locale: Locale) -> String {
    let (name, day) = (decided.procedure.name(), locale.date(decided.submitted_on));
    let name = name.say(locale);
    match decided.decision.outcome() {
        Outcome::Granted => say!(
            locale,
            "{day}提交的{name}申请，两位工作人员先后看过，已经同意。",
            "Two people have looked at the application of {day} for this: {name}. It is granted."
        ),
        Outcome::Refused => say!(
            locale,
            "{day}提交的{name}申请，两位工作人员先后看过，这次没有同意，原因写在上面。",
            "Two people have looked at the application of {day} for this: {name}. It is not granted this time, for the reasons \
             above."
        ),
    }
}

fn ask(decided: &Decided<'_>, locale: Locale) -> String {
    let organ = decided.bureau.organ;
    match decided.bureau.phone {
        Some(phone) => {
            say!(locale, "有不清楚的，请问{organ}，电话 {phone}。", "For questions, call {organ} at {phone}.")
        }
        None => say!(locale, "有不清楚的，请问{organ}。", "For questions, ask {organ}."),
    }
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests;
