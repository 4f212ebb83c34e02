//! Two windows have filled in the same fields differently: both answers stand side by side, and one chooses.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{
    locale::Locale,
    procedures::{Field, Procedure, Step, Typed},
};

use super::{Opened, kept};
use crate::{
    components::{
        button::Button,
        choice::{Choice, ChoiceOption},
        notice::{Notice, Tone},
    },
    draw::{self, Script},
    pages::procedures::{
        answers,
        fields::{KEEP, THEIRS},
    },
    visit::Visit,
};

/// What this window has is in the form again, with what to keep of it; nothing was kept so far. `version` is the one that
/// stands now, whose fields that differ are `theirs`.
pub(super) fn draw(
    visit: &Visit,
    opened: &Opened,
    step: &Step,
    (version, mine, theirs): (u32, &Typed, &Typed),
) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let title = locale.say("这份申请在另一个窗口也改过", "This application was changed in another window too");
    let unsaved = locale.say("刚才填的还没有保存", "What you have just entered is not saved yet");
    let hidden = mine.iter().map(|(id, text)| view! { <input type="hidden" name=id.clone() value=text.clone() /> });
    let hidden = hidden.collect_view();
    let choices = procedure.fields().filter(|field| theirs.contains_key(&field.id));
    let choices = choices.map(|field| choice(locale, procedure, field, [mine, theirs])).collect_view();
    let page = draw::page_as(visit, StatusCode::CONFLICT, title, || {
        // It forgets what it has a copy of: that stands in this form.
        draw::needs(Script::Draft);
        view! {
            <div class="column flow">
                <Notice tone=Tone::Warning title=unsaved focus=true>
                    <p>
                        {locale.say(
                            "下面几项，两个窗口填得不一样。请选要留下的，另一个不会保留。",
                            "The two windows say different things here. Choose which to keep; the other one is not kept.",
                        )}
                    </p>
                </Notice>
                <h1>{title}</h1>
                {kept::line(visit, opened)}
                <form class="flow" method="post" action=visit.here_in(locale) data-draft=opened.mark(step) novalidate>
                    <input type="hidden" name="version" value=version.to_string() />
                    {hidden}
                    {choices}
                    <p class="actions">
                        <Button text=locale.say("按选好的保存", "Save what I chose") />
                    </p>
                </form>
            </div>
        }
    });
    draw::no_store(page)
}

fn choice(locale: Locale, procedure: &Procedure, field: &Field, [mine, theirs]: [&Typed; 2]) -> AnyView {
    let said = |typed: &Typed| {
        let text = typed.get(&field.id).map_or("", String::as_str);
        answers::shown(locale, procedure, field, text).unwrap_or_else(|| locale.say("空着", "Left empty").to_owned())
    };
    let answers = vec![
        ChoiceOption::new(MINE, said(mine)).hint(locale.say("刚才在这个窗口填的", "Entered in this window just now")),
        ChoiceOption::new(THEIRS, said(theirs)).hint(locale.say("另一个窗口已经保存的", "Saved by the other window")),
    ];
    let name = format!("{KEEP}{}", field.id);
    let label = field.label.say(locale).to_owned();
    view! { <Choice locale=locale name=name legend=label answers=answers chosen=MINE /> }.into_any()
}

/// The answer that this window has just sent.
const MINE: &str = "mine";
