//! Texts to the family that did not arrive, and saying that something waits no more: it was told otherwise, or needs no answer.

use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::unsettled::{self, Waiting},
    rejection,
    staff::authority::Staff,
};
use shared::{locale::Locale, problem::Problem};

use super::{Opened, form::Form, page};
use crate::{
    components::notice::{Notice, Tone},
    pairs::{Pairs, value},
    words,
};

/// What was done, in the address.
const SETTLED: &str = "settled";
/// Until when whoever presses has read what waits, in milliseconds.
const SEEN: &str = "seen";

/// What is pressed.
fn name(what: Waiting) -> &'static str {
    match what {
        Waiting::Messages => "settle-messages",
        Waiting::Texts => "settle-texts",
    }
}

/// What a button of this page settles.
pub(super) fn pressed(pressed: &str) -> Option<Waiting> {
    [Waiting::Messages, Waiting::Texts].into_iter().find(|what| name(*what) == pressed)
}

/// Until when somebody has read what waits.
pub(super) fn seen(typed: &Pairs) -> Option<DateTime<Utc>> {
    value(typed, SEEN)?.parse().ok().and_then(DateTime::from_timestamp_millis)
}

pub(super) fn seen_field(at: DateTime<Utc>) -> AnyView {
    view! { <input type="hidden" name=SEEN value=at.timestamp_millis().to_string() /> }.into_any()
}

pub(super) async fn take(
    app: &App,
    staff: &Staff,
    opened: &Opened<'_>,
    (what, typed): (Waiting, Pairs),
) -> Result<Response, Rejection> {
    let until = seen(&typed).ok_or(Problem::Malformed)?;
    match unsettled::settle(app, staff, (&opened.case.id, what), until, app.now()).await {
        Ok(()) => Ok(Redirect::to(&opened.done(SETTLED)).into_response()),
        Err(error) => not_done(opened, typed, error),
    }
}

/// What was not done, on the page.
pub(super) fn not_done(opened: &Opened<'_>, typed: Pairs, error: Error) -> Result<Response, Rejection> {
    match error.into_problem() {
        problem if matches!(problem, Problem::Refused(_)) && problem.status() != 401 => {
            Ok(page(opened, rejection::status(&problem), &Form::refused(typed, problem)))
        }
        problem => Err(problem.into()),
    }
}

/// Says that the family does not know something, until somebody has told it.
pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    let last = opened.untold.iter().map(|untold| untold.failed_at).max()?;
    let rows = opened.untold.iter().map(|untold| {
        let when = words::short_moment(locale, untold.failed_at);
        view! { <li>{format!("{} · {} · {when}", about(locale, &untold.kind), untold.to)}</li> }
    });
    let rows = rows.collect_view();
    let may = opened.works() && !opened.case.is_erased();
    let settle = may.then(|| {
        let text = locale.say("已经用别的办法告诉了", "They were told otherwise");
        settling(opened, Waiting::Texts, last, text)
    });
    let title = locale.say("短信没有送到，申请人可能还不知道", "A text did not arrive: the family may not know");
    Some(
        view! {
            <Notice tone=Tone::Warning title=title>
                <ul>{rows}</ul>
                <p>
                    {locale.say(
                        "请打电话告诉申请人，号码在“看完整的一项”里看；也请核对号码有没有填错。",
                        "Please call the family: the number is under “read one answer in full”. Ask too whether the number is right.",
                    )}
                </p>
                {settle}
            </Notice>
        }
        .into_any(),
    )
}

/// The button that says that something waits no more.
pub(super) fn settling(opened: &Opened<'_>, what: Waiting, seen: DateTime<Utc>, text: &'static str) -> AnyView {
    view! {
        <form class="acts" method="post" action=opened.itself()>
            {seen_field(seen)}
            <button class="act" name="do" value=name(what)>{text}</button>
        </form>
    }
    .into_any()
}

/// What a text tells of.
fn about(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "case_submitted" => locale.say("申请已经提交", "that it was handed in"),
        "case_asked" => locale.say("要补材料", "that something is missing"),
        "case_decided" => locale.say("有了决定", "that it is decided"),
        "case_reopened" => locale.say("重新审核", "that it is open again"),
        "case_passed" => locale.say("转由家属接着办", "that a relative goes on with it"),
        "case_other_phone" => {
            locale.say("手机号改了（发给原来的号码）", "that it names another phone (to the old one)")
        }
        "case_other_account" => locale.say("收款的账号改了", "that it names another account"),
        "case_message" => locale.say("有给申请人的留言", "that a message waits"),
        _ => locale.say("短信", "a text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_it_settles_and_until_when() {
        for what in [Waiting::Messages, Waiting::Texts] {
            assert_eq!(pressed(name(what)), Some(what));
        }
        assert_eq!(pressed("accept"), None);
        let sent = |text: &str| vec![(SEEN.to_owned(), text.to_owned())];
        assert_eq!(seen(&sent("1000")), DateTime::from_timestamp_millis(1000));
        for strange in ["", "-", "99999999999999999999", "9223372036854775807"] {
            assert_eq!(seen(&sent(strange)), None, "{strange}");
        }
    }
}
