//! A time that is held: until when, longer, or given back.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::Serialize;
use server::appointments::hold::Hold;
use shared::{appointments::Refusal, calendar::shanghai, locale::Locale, problem::Problem, say};

use super::service::BookingPages;
use crate::{
    components::{
        button::{Button, Weight},
        icon::{Drawing, Icon},
    },
    islands::{
        HoldCountdown,
        hold_countdown::{about, class, held_until},
    },
    visit::Visit,
};

/// Id of the form that the buttons of a notice above it send.
pub const FORM: &str = "answers";

/// A hold with the minutes by which it can still be extended.
#[derive(Clone, Copy)]
pub struct Extendable<'a> {
    pub hold: &'a Hold,
    pub longer: Option<u32>,
}

/// The notice on a page without a form of its own: its buttons post to `book/hold` and lead back here.
pub fn hold_notice(visit: &Visit, pages: &BookingPages, held: Extendable<'_>, now: DateTime<Utc>) -> AnyView {
    let ways = Ways::of_a_new_booking(visit, pages);
    let buttons = view! {
        <form class="hold-acts" method="post" action=ways.acts_at.clone()>
            <input type="hidden" name="hold" value=held.hold.id.as_str().to_owned() />
            <input type="hidden" name="back" value=visit.here_in(visit.locale) />
            {acts(visit.locale, held, None)}
        </form>
    };
    counted(visit, held.hold, now, ways, buttons.into_any())
}

/// The notice above the form [`FORM`]: its buttons send that form, with `action=extend` or `action=release`, to the
/// form's own address, so that the page can keep what was typed.
pub fn hold_notice_above(visit: &Visit, pages: &BookingPages, held: Extendable<'_>, now: DateTime<Utc>) -> AnyView {
    above(visit, held, now, Ways::of_a_new_booking(visit, pages))
}

/// [`hold_notice_above`] for the new time of a booking, which is chosen `again` elsewhere once it has run out. It
/// belongs to the booking and not to this browser, so only the page's form can extend it.
pub fn hold_notice_before(visit: &Visit, held: Extendable<'_>, now: DateTime<Utc>, again: String) -> AnyView {
    above(visit, held, now, Ways { again, acts_at: None })
}

fn above(visit: &Visit, held: Extendable<'_>, now: DateTime<Utc>, ways: Ways) -> AnyView {
    let buttons = view! { <div class="hold-acts">{acts(visit.locale, held, Some(FORM))}</div> };
    counted(visit, held.hold, now, ways, buttons.into_any())
}

/// Where a notice leads.
struct Ways {
    /// Where a time is chosen again.
    again: String,
    /// Where a script can extend the hold.
    acts_at: Option<String>,
}

impl Ways {
    fn of_a_new_booking(visit: &Visit, pages: &BookingPages) -> Self {
        Self { again: visit.url(&pages.path("book")), acts_at: Some(visit.url(&pages.path("book/hold"))) }
    }
}

/// Until when a time is held, for a script that has extended it.
#[derive(Serialize)]
pub struct Term {
    /// The end in words, `下午 3:32`.
    until: String,
    /// Until then, by the portal's clock.
    seconds: i64,
    extensions_left: u8,
}

impl Term {
    pub fn of(locale: Locale, hold: &Hold, now: DateTime<Utc>) -> Self {
        Self {
            until: locale.time(shanghai(hold.expires_at).time()),
            seconds: (hold.expires_at - now).num_seconds(),
            extensions_left: hold.extensions_left,
        }
    }
}

fn counted(visit: &Visit, hold: &Hold, now: DateTime<Utc>, ways: Ways, buttons: AnyView) -> AnyView {
    let locale = visit.locale;
    let Ways { again, acts_at } = ways;
    let Term { until, seconds, .. } = Term::of(locale, hold, now);
    let id = hold.id.as_str().to_owned();
    view! {
        <HoldCountdown>
            <div class=class(seconds) data-seconds=seconds.to_string() data-hold=id data-acts-at=acts_at>
                <Drawing icon=Icon::Clock />
                <div class="notice-body">
                    <p class="notice-title" role="timer">
                        <span class="hold-until">{held_until(locale, &until)}</span>
                        " "
                        <span class="hold-left">{about(locale, seconds)}</span>
                    </p>
                    <p class="hold-said hidden-visually" aria-live="polite"></p>
                    <p class="hold-again" hidden>
                        <a href=again>{locale.say("重新选一个时间", "Choose a time again")}</a>
                    </p>
                    {buttons}
                </div>
            </div>
        </HoldCountdown>
    }
    .into_any()
}

fn acts(locale: Locale, held: Extendable<'_>, form: Option<&'static str>) -> impl IntoView + use<> {
    let extend = held.longer.map(|minutes| {
        let longer = say!(locale, "再保留 {minutes} 分钟", "Hold for {minutes} more minutes");
        view! { <Button text=longer weight=Weight::Quiet name="action" value="extend" form=form /> }
    });
    // A page that is open while the last extension is used up has this ready for its script.
    let last = Problem::from(Refusal::NoExtensionLeft).sentence(locale);
    view! {
        <p class="hold-last" hidden=extend.is_some()>{last}</p>
        {extend}
        <Button
            text=locale.say("放弃这个时间", "Release this time")
            weight=Weight::Quiet
            name="action"
            value="release"
            form=form
        />
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use shared::appointments::{HoldId, HoldToken};

    use super::*;
    use crate::{appointments::tests::EXAMPLE, visit::tests::visit};

    fn notice(locale: Locale, seconds: i64, extensions_left: u8) -> String {
        let now = "2026-05-13T15:17:00+08:00".parse().unwrap();
        let hold = Hold {
            id: HoldId::parse("h1").unwrap(),
            token: HoldToken::parse("secret").unwrap(),
            expires_at: now + TimeDelta::seconds(seconds),
            extensions_left,
        };
        let visit = visit(locale, "/example/book?place=hall", "");
        let longer = (extensions_left > 0).then_some(15);
        crate::draw::fragment(move || hold_notice(&visit, &EXAMPLE, Extendable { hold: &hold, longer }, now))
    }

    #[test]
    fn the_notice_says_until_when_the_time_is_held_and_offers_more() {
        let html = notice(Locale::Zh, 15 * 60, 2);
        assert!(html.contains("为您保留到下午 3:32") && html.contains("（还有约 15 分钟）"), "{html}");
        assert!(html.contains("notice-info") && html.contains("再保留 15 分钟"), "{html}");
        assert!(html.contains(r#"name="back" value="/example/book?place=hall""#), "{html}");
        assert!(!html.contains("secret"), "a hold's token stays on the server");
    }

    #[test]
    fn the_last_two_minutes_are_a_warning() {
        assert!(notice(Locale::Zh, 121, 1).contains("notice-info"));
        let html = notice(Locale::En, 120, 1);
        assert!(html.contains("notice-warning") && html.contains("about 2 minutes left"), "{html}");
        assert!(notice(Locale::En, 20, 1).contains("less than a minute left"));
    }

    #[test]
    fn a_hold_extended_twice_can_only_be_given_up_and_says_so() {
        let html = notice(Locale::Zh, 600, 0);
        assert!(!html.contains("extend") && html.contains(r#"value="release""#), "{html}");
        assert!(html.contains(r#"<p class="hold-last">保留时间不能再延长了"#), "{html}");
        assert!(notice(Locale::Zh, 600, 1).contains(r#"<p hidden class="hold-last">"#));
    }
}
