//! The times that are held for this browser already, above everything else.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        hold::{self, Hold},
        record::Record,
        registry::Registry,
    },
    error::Error,
    session::Session,
};

use super::step::{Step, Who};
use crate::{
    components::{button::LinkButton, hold_notice::hold_notice},
    visit::Visit,
    words,
};

/// A live hold and where it is.
pub(super) struct Held {
    pub(super) record: Record,
    pub(super) hold: Hold,
    pub(super) registry: Registry,
}

/// The live holds of this browser, the newest first.
pub(super) async fn load(app: &App, session: Option<&Session>, now: DateTime<Utc>) -> Result<Vec<Held>, Error> {
    let Some(session) = session else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for (record, hold) in hold::all_of_session(app, session, now).await? {
        let registry = app.registry(&record.registry).await?;
        all.push(Held { record, hold, registry });
    }
    Ok(all)
}

/// One section a hold. The form that follows books the newest, so only that one leads on.
pub(super) fn sections(visit: &Visit, all: &[Held], now: DateTime<Utc>) -> AnyView {
    let sections = all.iter().enumerate().map(|(place, held)| {
        let when = words::moment(visit.locale, held.record.starts_at);
        let name = held.registry.name.say(visit.locale).to_owned();
        let title = if place == 0 {
            visit.say("您已经保留了一个时间", "You are holding a time")
        } else {
            visit.say("还保留着另一个时间", "You are also holding another time")
        };
        let on = if place == 0 {
            let href = visit.url(Step::Identity(Who::First).path());
            let text = visit.say("继续填写", "Continue with your details");
            view! { <p class="actions actions-near"><LinkButton href=href text=text /></p> }.into_any()
        } else {
            let text = visit.say("要用这个时间，请先放弃上面那个。", "To use this one, give up the one above first.");
            view! { <p class="soft">{text}</p> }.into_any()
        };
        view! {
            <section class="held flow">
                <h2>{title}</h2>
                <p class="held-time">
                    <span>{when}</span>
                    " "
                    <span>{name}</span>
                </p>
                {hold_notice(visit, &held.hold, now)}
                {on}
            </section>
        }
    });
    sections.collect_view().into_any()
}
