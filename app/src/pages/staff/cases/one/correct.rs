//! Putting one answer right, with a reason: what was proposed is void then.

use leptos::prelude::*;
use shared::{
    eligibility::pack::FactOption,
    procedures::{ActName, Field, FieldKind, Typed},
    say,
};

use super::{Opened, acts::seen, doing, form::Form};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        choice::{Choice, ChoiceOption},
        text_field::TextField,
    },
    pairs::{Pairs, value},
};

/// The field whose answer it is, in the address and in the form.
pub(super) const WHICH: &str = "correct";
/// What is typed for it.
pub(super) const ANSWER: &str = "answer";

/// The field and its new answer, as typed; nothing for a field that there is not.
pub(super) fn read(opened: &Opened<'_>, typed: &Pairs) -> Option<Typed> {
    let field = opened.procedure().field(value(typed, WHICH)?)?;
    let answer = value(typed, ANSWER).unwrap_or_default().to_owned();
    Some(Typed::from([(field.id.clone(), answer)]))
}

/// What a field of a form is called above it: that of the answer goes by what is put right.
pub(super) fn called(opened: &Opened<'_>, form: &Form, field: &str) -> Option<String> {
    let id = if field == ANSWER { value(&form.typed, WHICH)? } else { field };
    opened.procedure().field(id).map(|field| field.for_office().say(opened.locale()).to_owned())
}

/// The form for the answer that was chosen; nothing for whoever may not.
pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    let which = form.correct.as_deref().or_else(|| value(&form.typed, WHICH))?;
    let field = opened.procedure().field(which).filter(|_| opened.may(ActName::Correct))?;
    let shown = opened.case.answers.iter().find(|answer| answer.field == field.id);
    let before = shown.map(|answer| answer.shown.say(locale).to_owned());
    let title = say!(locale, "更正“{}”", "Put “{}” right", field.for_office().say(locale));
    let said = doing::said_field(ActName::Correct);
    let proposed = opened.case.proposal_hash.is_some().then(|| {
        let words =
            locale.say("更正以后，已经提出的意见作废，要重新提。", "What was proposed is void then, and made anew.");
        view! { <p><b>{words}</b></p> }
    });
    Some(
        view! {
            <section class="flow">
                <h2>{title}</h2>
                {before.map(|before| view! { <p class="case-was">{locale.say("现在：", "now: ")} {before}</p> })}
                {proposed}
                <form class="flow" method="post" action=opened.itself() novalidate>
                    {seen(opened)}
                    <input type="hidden" name=WHICH value=field.id.clone() />
                    {input(opened, field, form)}
                    <TextField
                        locale=locale
                        name=said.clone()
                        label=locale.say(
                            "为什么更正，凭哪份材料（会留在记录里，不要写号码）",
                            "Why, and by which paper (it stays in the record; no numbers)",
                        )
                        value=form.text(&said)
                        error=form.error(&said)
                    />
                    <p class="actions">
                        <Button
                            text=locale.say("更正，记下原因", "Put it right and record why")
                            name="do"
                            value=doing::name(ActName::Correct)
                            weight=Weight::Secondary
                        />
                        <LinkButton href=opened.itself() text=locale.say("不改了", "Leave it") weight=Weight::Quiet />
                    </p>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// The input for its kind.
fn input(opened: &Opened<'_>, field: &Field, form: &Form) -> AnyView {
    let locale = opened.locale();
    let label = locale.say("改成", "It should be");
    let (value, error) = (form.text(ANSWER), form.error(ANSWER));
    let answers = match &field.kind {
        FieldKind::YesNo => Some(vec![
            ChoiceOption::new("yes", locale.say("是", "yes")),
            ChoiceOption::new("no", locale.say("不是", "no")),
        ]),
        FieldKind::Choice(options) => Some(offered(opened, options)),
        FieldKind::Relation => {
            let who = opened.procedure().relations.as_ref().map(|relations| relations.who.as_slice());
            Some(offered(opened, who.unwrap_or_default()))
        }
        _ => None,
    };
    if let Some(answers) = answers {
        view! { <Choice locale=locale name=ANSWER legend=label answers=answers chosen=value error=error /> }.into_any()
    } else {
        let hint = matches!(field.kind, FieldKind::Date)
            .then(|| locale.say("例如 2026年5月20日", "such as 2026-05-20").to_owned());
        view! { <TextField locale=locale name=ANSWER label=label value=value hint=hint error=error /> }.into_any()
    }
}

fn offered(opened: &Opened<'_>, options: &[FactOption]) -> Vec<ChoiceOption> {
    let locale = opened.locale();
    options.iter().map(|option| ChoiceOption::new(option.id.clone(), option.label.say(locale))).collect()
}
