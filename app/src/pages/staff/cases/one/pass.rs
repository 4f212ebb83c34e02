//! Passing a case on to a relative whom the office names, since the applicant has died: their answers take the place of the
//! applicant's own, and nothing else changes.

use leptos::prelude::*;
use shared::procedures::{ActName, Typed};

use super::{Opened, acts::seen, doing, form::Form};
use crate::{
    components::text_field::TextField,
    pages::procedures::fields::{self, By},
    pairs::Pairs,
};

/// What was typed for the relative.
pub(super) fn read(opened: &Opened<'_>, typed: &Pairs) -> Typed {
    fields::read(opened.procedure().of_applicant(), typed)
}

/// The form; nothing for whoever may not, and where the form asks for nobody's number.
pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    if !opened.may(ActName::Pass) {
        return None;
    }
    let (locale, procedure) = (opened.locale(), opened.procedure());
    let (name, said) = (doing::name(ActName::Pass), doing::said_field(ActName::Pass));
    let typed = if form.is_of(name) { read(opened, &form.typed) } else { Typed::new() };
    let questions = procedure
        .of_applicant()
        .iter()
        .map(|field| (field, By::Office, field.asked_if.is_some()))
        .map(|asked| fields::draw(locale, procedure, asked, &typed, &form.messages));
    let questions = questions.collect_view();
    Some(
        view! {
            <details class="ask" open=form.is_of(name)>
                <summary>{locale.say("申请人去世了，转由家属接着办…", "The applicant has died: pass it on to a relative…")}</summary>
                <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                    {seen(opened)}
                    <p>
                        {locale.say(
                            "请看过死亡证明和亲属关系证明，再填下面各项：申请人从此是接着办的家属，都按这位家属填。",
                            "See the proof of death and of kinship first, then fill this in: the applicant is the relative who goes on with it from now on.",
                        )}
                    </p>
                    {questions}
                    <TextField
                        locale=locale
                        name=said.clone()
                        label=locale.say(
                            "凭哪些证明转办（会留在记录里，不要写姓名和号码）",
                            "By which proofs (it stays in the record; no names, no numbers)",
                        )
                        value=form.text(&said)
                        error=form.error(&said)
                    />
                    <p class="actions">
                        <button class="act" name="do" value=name>
                            {locale.say("转由家属接着办", "Pass it on to the relative")}
                        </button>
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}
