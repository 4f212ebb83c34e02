//! What the family reads of the check before anything is handed in.

use super::super::check::Checked;
use super::super::definition::Procedure;
use super::settled;
use crate::eligibility::answer::ResultAnswer;
use crate::eligibility::truth::Truth;
use crate::eligibility::verdict::{Status, Verdict};
use crate::locale::Locale;

/// A sentence or more, in the order in which they are read. What only the bureau can tell is named as a question to it.
pub fn before(procedure: &Procedure, checked: &Checked, locale: Locale) -> Vec<String> {
    let (Some(verdict), Some(answer)) = (checked.verdict(), checked.answer(procedure, locale)) else {
        return vec![outside(procedure, checked, locale)];
    };
    let mut told = standing(procedure, (verdict, &answer), locale);
    if verdict.status != Status::No {
        let today = checked.outcome.known_on;
        told.push(sum(procedure, &answer, locale));
        told.extend(settled::top_up(procedure, today, locale));
        told.extend(settled::review(procedure, today, locale));
    }
    told
}

fn standing(procedure: &Procedure, (verdict, answer): (&Verdict, &ResultAnswer), locale: Locale) -> Vec<String> {
    let one = |zh, en| vec![locale.say(zh, en).to_owned()];
    match verdict.status {
        Status::Likely => one(
            "照您填的，已知的条件都符合。给不给由民政部门决定。",
            "By what you entered, all conditions that are known are met. The bureau decides.",
        ),
        Status::Ask => one(
            "再填几项，才看得出条件符不符合。",
            "A few more answers are needed to see whether the conditions are met.",
        ),
        Status::Bureau => {
            let missing = verdict.missing.iter().map(|param| procedure.rules.params[*param].name.say(locale));
            let asked = missing.collect::<Vec<_>>().join(locale.say("；", "; "));
            let mut told = one(
                "照看到的规定还定不下来，要问民政部门。申请可以照样交。",
                "The rules that were seen leave it open, so the bureau has to say. You may apply all the same.",
            );
            if !asked.is_empty() {
                told.push(say!(locale, "可以这样问：{asked}？", "What to ask: {asked}?"));
            }
            told
        }
        Status::No => {
            let failing = answer.reasons.iter().filter(|reason| reason.truth == Truth::No);
            let mut told: Vec<String> = failing.map(|reason| reason.sentence.clone()).collect();
            told.extend(one(
                "填错了可以改。您仍然想申请的，也可以交，由民政部门决定。",
                "You can change what you entered. If you still want to apply you may; the bureau decides.",
            ));
            told
        }
    }
}

/// A sum that one reliable text sets, or the way to whoever knows.
fn sum(procedure: &Procedure, answer: &ResultAnswer, locale: Locale) -> String {
    let known = answer.telling_amount().filter(|amount| amount.from.is_some() && amount.from == amount.to);
    match known {
        Some(amount) if procedure.has_demo_sums() => {
            let sum = &amount.sentence;
            say!(
                locale,
                "演示用的数字：{sum}，不是真的标准。真的给多少，请问民政部门。",
                "A figure invented for this demonstration: {sum}. It is no real rule; how much it really is, please ask the bureau."
            )
        }
        Some(amount) => {
            let sum = &amount.sentence;
            say!(
                locale,
                "按看到的规定是 {sum}，以决定书为准。",
                "By the rules that were seen it is {sum}; the letter decides."
            )
        }
        None => locale
            .say(
                "给多少，这里没有可靠的数字，请问民政部门。",
                "How much it is, no reliable text says; please ask the bureau.",
            )
            .to_owned(),
    }
}

/// The day lies before or after the rules that were seen.
fn outside(procedure: &Procedure, checked: &Checked, locale: Locale) -> String {
    let day = checked.outcome.as_of;
    let benefit = procedure.rules.benefits.first();
    let ended = benefit.and_then(|benefit| benefit.valid_to).filter(|to| *to < day);
    match ended {
        Some(to) => {
            let to = locale.date(to);
            say!(
                locale,
                "看到的规定到 {to}为止，您这件在这以后。现在按什么办，请问民政部门。",
                "The rules that were seen end on {to}, and this is later. Please ask the bureau what holds now."
            )
        }
        None => locale
            .say(
                "看到的规定是后来才有的。您这件当时按什么办，请问民政部门。",
                "The rules that were seen are of a later day. Please ask the bureau what held then.",
            )
            .to_owned(),
    }
}
