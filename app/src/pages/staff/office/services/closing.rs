//! Closing what was looked at first: the text that goes out stands on the page before the press, and after it how many went and
//! where those are who have not moved.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App, Error,
    appointments::closure::{ClosureError, Kind, Made, Seen, SlotChange},
    counter::{offered as services, office::Office},
    staff::authority::Staff,
};
use shared::{calendar::shanghai_date, locale::Locale, say};

use super::{PAGE, Taken, Told};
use crate::{
    components::notice::{Notice, Tone},
    pages::staff::{
        day::asked::{Asked, Show},
        messages,
    },
    pairs::{Pairs, address, value},
    visit::Visit,
};

/// In the query of the page after a closing: how many texts went out, and each day on which somebody is still booked.
const TEXTS: &str = "texts";
const DAY: &str = "day";

/// Shows what closing would do, or does it where that was seen.
pub async fn take(
    app: &App,
    (staff, locale): (&Staff, Locale),
    (change, office): (SlotChange, &Office),
    (typed, sure): (&Pairs, bool),
) -> Result<Taken, Error> {
    let now = app.now();
    let effect = if sure {
        let seen = Seen::parse(value(typed, "effect").unwrap_or_default());
        match services::switch_off(app, staff, change.clone(), seen, now).await {
            Ok(made) => return Ok(Taken::Done(after(office, &made))),
            // It has changed since: looked at once more.
            Err(ClosureError::Unseen(effect)) => effect,
            Err(ClosureError::Error(error)) => return Err(error),
        }
    } else {
        services::preview(app, staff, &change, now).await?
    };
    let text = services::would_tell(app, staff, (&change, &effect), locale).await?;
    let in_hall = match change.kind {
        Kind::CloseFrom(_) => services::in_hall(app, staff, (&change.place, &change.service), now).await?,
        Kind::Close | Kind::Capacity(_) => Vec::new(),
    };
    Ok(Taken::Shown(Box::new(Told { effect: Some(effect), text, in_hall, ..Told::default() })))
}

/// The address that says what was done.
fn after(office: &Office, Made { effect, texts }: &Made) -> String {
    let days: BTreeSet<_> =
        effect.bookings.iter().map(|booking| shanghai_date(booking.starts_at).to_string()).collect();
    let texts = texts.to_string();
    let pairs = [("office", office.id.as_str()), (TEXTS, texts.as_str())];
    address(PAGE, pairs.into_iter().chain(days.iter().map(|day| (DAY, day.as_str()))))
}

/// What was done, where the address says that something was closed.
pub fn done(visit: &Visit, office: &Office, asked: &Pairs) -> Option<AnyView> {
    let locale = visit.locale;
    let texts: usize = value(asked, TEXTS)?.parse().ok()?;
    let days = asked.iter().filter(|(name, _)| name == DAY).filter_map(|(_, day)| day.parse::<NaiveDate>().ok());
    let days = days.map(|day| {
        let office = Some(office.id.clone());
        let list = Asked { office, date: Some(day), show: Show::Booked, ..Asked::default() };
        view! { <li><a href=visit.url(&list.path())>{locale.full_date(day)}</a></li> }
    });
    let days: Vec<_> = days.collect();
    let body = if days.is_empty() {
        let nobody = locale.say("没有人约在停办的时间，没有发短信。", "Nobody was booked there, so no text went out.");
        view! { <p>{nobody}</p> }.into_any()
    } else {
        let untold = visit.url(&messages::address(&office.id));
        let sent = say!(
            locale,
            "发出 {texts} 条短信，没有送到的会列在",
            "{texts} texts go out. Those that do not arrive are listed under "
        );
        view! {
            <p>
                {sent}
                <a href=untold>{locale.say("没有送到的短信", "messages that did not arrive")}</a>
                {locale.say("。", ".")}
            </p>
            <p>{locale.say("还没有改期、也没有取消的，在这一天的名单上：", "Who has neither moved nor cancelled is on the list of the day:")}</p>
            <ul>{days}</ul>
        }
        .into_any()
    };
    let title = locale.say("已经停办", "It is closed");
    Some(view! { <Notice tone=Tone::Success live=true focus=true title=title>{body}</Notice> }.into_any())
}
