//! Doing something to a case: what was sent is read, asked about once more where it cannot be undone, and done.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use server::{App, Error, Rejection, procedures::acts, rejection, staff::authority::Staff};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    procedures::{Act, ActName, Decision, Refusal, Typed},
};

use super::{Opened, ask, correct, form::Form, page, pass, propose, sure};
use crate::{
    pages::staff::day::act::ticked,
    pairs::{Pairs, value},
};

/// The hash of what is signed, in its form.
pub(super) const HASH: &str = "hash";

/// What the office does, as forms name it.
const NAMES: [(ActName, &str); 11] = [
    (ActName::Accept, "accept"),
    (ActName::Review, "review"),
    (ActName::Ask, "ask"),
    (ActName::Supply, "supply"),
    (ActName::Correct, "correct"),
    (ActName::Propose, "propose"),
    (ActName::Approve, "approve"),
    (ActName::SendBack, "send_back"),
    (ActName::Pass, "pass"),
    (ActName::Close, "close"),
    (ActName::Reopen, "reopen"),
];

/// The name of an act in a form; that of what is never the office's is empty.
pub(super) fn name(act: ActName) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == act).map_or("", |(_, name)| *name)
}

/// The field of an act's words: a page has several such fields.
pub(super) fn said_field(act: ActName) -> String {
    format!("said-{}", name(act))
}

/// What was done, in words.
pub(super) fn said(locale: Locale, done: &str) -> Option<&'static str> {
    Some(match done {
        "cosign" => locale.say("已经加签，等复核", "Signed; it waits for the second signature"),
        "assigned" => locale.say("已经转好了", "It is passed on"),
        "note" => locale.say("备注已经留下", "The note is left"),
        "message" => locale.say("留言已经发出，申请人看得到了", "The message is sent, and the family can read it"),
        "settled" => locale.say("已经记下", "It is noted"),
        "follow" => locale.say(
            "回访已经记下，申请人看得到有人跟进过",
            "It is written down; the family reads that it was followed up",
        ),
        "accept" => locale.say("已经受理", "It is accepted"),
        "review" => locale.say("开始审核了", "The review has begun"),
        "ask" => locale.say("已经告诉申请人要补什么", "The applicant is told what is missing"),
        "supply" => locale.say("已经记下收到了", "It is noted that it came"),
        "correct" => locale.say("已经更正", "It is put right"),
        "propose" => locale.say("意见已经提出，等别人复核", "It is proposed and waits for a second signature"),
        "approve" => locale.say("已经作出决定，申请人看得到了", "It is decided, and the applicant can read it"),
        "send_back" => locale.say("已经退回", "It is sent back"),
        "pass" => locale.say("已经转由家属接着办", "A relative goes on with it now"),
        "close" => locale.say("已经办结", "It is closed"),
        "reopen" => locale.say("已经重新审核", "It is reopened"),
        _ => return None,
    })
}

/// What is to be done, with its words.
pub(super) struct Doing {
    pub act: ActName,
    pub what: What,
    pub said: Option<String>,
}

pub(super) enum What {
    Act(Act),
    Correct(Typed),
    Pass(Typed),
}

/// Takes the form of an act.
pub(super) async fn take(app: &App, staff: &Staff, opened: Opened<'_>, typed: Pairs) -> Result<Response, Rejection> {
    let locale = opened.locale();
    let pressed = value(&typed, "do").unwrap_or_default();
    let act = NAMES.iter().find(|(_, name)| *name == pressed).map(|(act, _)| *act).ok_or(Problem::Malformed)?;
    let seen: u32 = value(&typed, "version").and_then(|version| version.parse().ok()).ok_or(Problem::Malformed)?;
    if seen != opened.case.version {
        let problem = Problem::from(Refusal::Changed { state: opened.case.state.name() });
        return Ok(page(&opened, rejection::status(&problem), &Form::refused(typed, problem)));
    }
    let doing = match read(&opened, act, &typed) {
        Ok(doing) => doing,
        Err(Problem::Fields(errors)) => {
            let form = Form::wrong(typed, &errors, locale);
            return Ok(page(&opened, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
        Err(problem) => return Err(problem.into()),
    };
    if value(&typed, sure::SURE).is_none()
        && let Some(question) = sure::question(&opened, &doing)
    {
        return Ok(sure::ask_once_more(&opened, question, &typed));
    }
    match run(app, staff, &opened, (seen, doing)).await {
        Ok(()) => Ok(Redirect::to(&opened.done(name(act))).into_response()),
        Err(error) => not_done(app, staff, opened, (act, typed), error).await,
    }
}

/// What was sent, read.
///
/// # Errors
/// [`Problem::Fields`]; [`Problem::Malformed`] for what no form sends.
fn read(opened: &Opened<'_>, act: ActName, typed: &Pairs) -> Result<Doing, Problem> {
    let mut said = value(typed, &said_field(act)).filter(|said| !said.trim().is_empty()).map(str::to_owned);
    let what = match act {
        ActName::Correct => What::Correct(correct::read(opened, typed).ok_or(Problem::Malformed)?),
        ActName::Pass => What::Pass(pass::read(opened, typed)),
        ActName::Ask => {
            let known = ask::items(opened);
            let items = known.into_iter().filter(|id| ticked(typed, ask::ITEM).any(|chosen| chosen == id)).collect();
            said = ask::said(opened.locale(), typed);
            What::Act(Act::Ask { items })
        }
        ActName::Propose => {
            let of = propose::FIELDS.map(|name| (name.to_owned(), value(typed, name).unwrap_or_default().to_owned()));
            let decision =
                Decision::read(opened.procedure(), &Typed::from(of), opened.counts_on()).map_err(Problem::Fields)?;
            said = Some(decision.words(opened.procedure()));
            // What is proposed gets its hash where it is kept.
            What::Act(Act::Propose { outcome: decision.outcome(), hash: String::new() })
        }
        ActName::Approve => What::Act(Act::Approve { hash: value(typed, HASH).unwrap_or_default().to_owned() }),
        ActName::Accept => What::Act(Act::Accept),
        ActName::Review => What::Act(Act::Review),
        ActName::Supply => What::Act(Act::Supply),
        ActName::SendBack => What::Act(Act::SendBack),
        ActName::Close => What::Act(Act::Close),
        ActName::Reopen => What::Act(Act::Reopen),
        // Never the office's, which is told so.
        ActName::AcceptBySilence => What::Act(Act::AcceptBySilence),
        ActName::Lapse => What::Act(Act::Lapse),
        ActName::Withdraw => What::Act(Act::Withdraw),
    };
    Ok(Doing { act, what, said })
}

async fn run(app: &App, staff: &Staff, opened: &Opened<'_>, (seen, doing): (u32, Doing)) -> Result<(), Error> {
    let (id, said, now) = (&opened.case.id, doing.said.as_deref(), app.now());
    match doing.what {
        What::Act(act) => acts::act(app, staff, id, seen, act, said, now).await.map(drop),
        What::Correct(typed) => {
            acts::correct(app, staff, id, seen, &typed, said.unwrap_or_default(), now).await.map(drop)
        }
        What::Pass(typed) => acts::pass(app, staff, id, seen, &typed, said.unwrap_or_default(), now).await.map(drop),
    }
}

/// What was not done, on the page as it stands by now, with what was typed.
pub(super) async fn not_done(
    app: &App,
    staff: &Staff,
    opened: Opened<'_>,
    (act, typed): (ActName, Pairs),
    error: Error,
) -> Result<Response, Rejection> {
    let locale = opened.locale();
    match error.into_problem() {
        Problem::Fields(errors) => {
            let messages = errors.messages(locale).into_iter().map(|message| at_its_field(message, act)).collect();
            let form = Form { messages, ..Form::sent(typed) };
            Ok(page(&opened, StatusCode::UNPROCESSABLE_ENTITY, &form))
        }
        problem if matches!(problem, Problem::Refused(_)) && problem.status() != 401 => {
            let opened = Opened::to_read(app, opened.visit, staff, opened.case.id.as_str()).await?;
            Ok(page(&opened, rejection::status(&problem), &Form::refused(typed, problem)))
        }
        problem => Err(problem.into()),
    }
}

/// The server speaks of `said` and of a field; the page has a field for each act's words, and one for the answer.
fn at_its_field(message: FieldMessage, act: ActName) -> FieldMessage {
    let field = match (act, message.field.as_str()) {
        // What is proposed is put together of several fields.
        (ActName::Propose, "said") => "facts".to_owned(),
        (_, "said") => said_field(act),
        (ActName::Correct, _) => correct::ANSWER.to_owned(),
        (_, field) => field.to_owned(),
    };
    FieldMessage { field, ..message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_of_the_office_has_a_name_and_says_what_was_done() {
        for (act, named) in NAMES {
            assert_eq!(name(act), named);
            for locale in Locale::ALL {
                assert!(said(locale, named).is_some_and(|said| !said.is_empty()), "{named}");
            }
        }
        for act in [ActName::AcceptBySilence, ActName::Lapse, ActName::Withdraw] {
            assert_eq!(name(act), "", "{act:?} is never the office's");
        }
    }

    #[test]
    fn what_the_server_says_of_words_stands_at_the_field_of_the_act() {
        let message = |field: &str| FieldMessage {
            field: field.to_owned(),
            code: "any".to_owned(),
            message: "请写明原因".to_owned(),
        };
        let field = |of, act| at_its_field(message(of), act).field;
        assert_eq!(field("said", ActName::SendBack), "said-send_back");
        assert_eq!(field("buried_on", ActName::Correct), "answer");
        assert_eq!(field("said", ActName::Correct), "said-correct");
        assert_eq!(field("said", ActName::Propose), "facts");
    }
}
