//! A time that is held, in a line: which, where, for how long, and longer. What gives it back stands elsewhere, so that
//! nobody loses a time who meant to keep it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::Serialize;
use server::appointments::hold::Hold;
use shared::{appointments::SlotId, calendar::shanghai, locale::Locale, say};

use super::{
    again::Press,
    draft::{LIFETIME, kept_until},
    service::BookingPages,
};
use crate::{
    islands::{
        HoldCountdown,
        hold_countdown::{about, class, held_until},
    },
    visit::Visit,
    words,
};

/// Id of the form that the buttons of a line above it send.
pub const FORM: &str = "answers";

/// A held time as its line shows it.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    pub hold: &'a Hold,
    pub slot: SlotId,
    pub starts_at: DateTime<Utc>,
    pub place: &'a str,
    /// The minutes by which the hold can still be extended.
    pub longer: Option<u32>,
}

/// The line on a page without a form of its own: its buttons post to `book/hold` and lead back here.
pub fn hold_line(visit: &Visit, pages: &BookingPages, line: Line<'_>, now: DateTime<Utc>) -> AnyView {
    let acts_at = visit.url(&pages.path("book/hold"));
    let longer = line.longer.map(|minutes| {
        view! {
            <form method="post" action=acts_at.clone()>
                <input type="hidden" name="hold" value=line.hold.id.as_str().to_owned() />
                <input type="hidden" name="back" value=visit.here_in(visit.locale) />
                {extend(visit.locale, minutes, None)}
            </form>
        }
        .into_any()
    });
    let kept = Term::of(visit.locale, line.hold, now).kept;
    let press = Press::alone(visit, pages);
    counted(visit, line, now, Ends { longer, acts_at: Some(acts_at.clone()), kept, press })
}

/// The line above the form [`FORM`], which stays in sight while one fills it in. Its buttons send that form to the
/// form's own address, so that the page can keep what was typed.
pub fn hold_line_above(visit: &Visit, pages: &BookingPages, line: Line<'_>, now: DateTime<Utc>) -> AnyView {
    let longer = line.longer.map(|minutes| extend(visit.locale, minutes, Some(FORM)));
    let kept = Term::of(visit.locale, line.hold, now).kept;
    let acts_at = Some(visit.url(&pages.path("book/hold")));
    let counted = counted(visit, line, now, Ends { longer, acts_at, kept, press: Press::WithForm });
    view! { <div class="hold-bar">{counted}</div> }.into_any()
}

/// [`hold_line_above`] for the new time of a booking, which is chosen again at `choose_at`. It belongs to the booking
/// and not to this browser, so only the page's form can extend it.
pub fn hold_line_before_move(visit: &Visit, line: Line<'_>, now: DateTime<Utc>, choose_at: String) -> AnyView {
    let longer = line.longer.map(|minutes| extend(visit.locale, minutes, Some(FORM)));
    let kept = booking_unchanged(visit.locale).to_owned();
    let counted = counted(visit, line, now, Ends { longer, acts_at: None, kept, press: Press::Moving { choose_at } });
    view! { <div class="hold-bar">{counted}</div> }.into_any()
}

/// What stays true when the new time of a booking is lost.
pub(super) fn booking_unchanged(locale: Locale) -> &'static str {
    locale.say("您原来的预约没有变。", "Your booking has not changed.")
}

/// What a line offers, and says once its time has run out.
struct Ends {
    longer: Option<AnyView>,
    /// Where a script can extend the hold.
    acts_at: Option<String>,
    kept: String,
    press: Press,
}

/// Until when a time is held, for a script that has extended it.
#[derive(Serialize)]
pub struct Term {
    /// The end in words, `下午 3:32`.
    until: String,
    /// Until then, by the portal's clock.
    seconds: i64,
    extensions_left: u8,
    /// How long what was typed outlives it, in a sentence.
    kept: String,
}

impl Term {
    pub fn of(locale: Locale, hold: &Hold, now: DateTime<Utc>) -> Self {
        Self {
            until: locale.time(shanghai(hold.expires_at).time()),
            seconds: (hold.expires_at - now).num_seconds(),
            extensions_left: hold.extensions_left,
            kept: kept_until(locale, hold.expires_at + LIFETIME, now),
        }
    }
}

fn counted(visit: &Visit, line: Line<'_>, now: DateTime<Utc>, ends: Ends) -> AnyView {
    let locale = visit.locale;
    let Ends { longer, acts_at, kept, press } = ends;
    let Term { until, seconds, .. } = Term::of(locale, line.hold, now);
    let id = line.hold.id.as_str().to_owned();
    let when = words::short_moment(locale, line.starts_at);
    let place = line.place.to_owned();
    let again = press.button(locale, line.slot);
    let can_be_longer = longer.is_some();
    view! {
        <HoldCountdown>
            <div class=class(seconds) data-seconds=seconds.to_string() data-hold=id data-acts-at=acts_at data-kept=kept>
                <div class="hold-words">
                    <p class="hold-what">
                        <strong>{when}</strong>
                        " "
                        <span>{place}</span>
                    </p>
                    <p class="hold-term" role="timer">
                        <span class="hold-until">{held_until(locale, &until)}</span>
                        " "
                        <span class="hold-left">{about(locale, seconds)}</span>
                    </p>
                </div>
                <div class="hold-acts">
                    {longer}
                    // A page that is open while the last extension is used up has this ready for its script.
                    <p class="hold-last" hidden=can_be_longer>
                        {locale.say("不能再延长", "No more extensions")}
                    </p>
                </div>
                <div class="hold-again" hidden>
                    {again}
                </div>
                <p class="hold-said hidden-visually" aria-live="polite"></p>
            </div>
        </HoldCountdown>
    }
    .into_any()
}

/// The button says its minutes where there is room, and always to those who hear it.
fn extend(locale: Locale, minutes: u32, form: Option<&'static str>) -> AnyView {
    let more = say!(locale, " {minutes} 分钟", " by {minutes} minutes");
    view! {
        <button class="button button-secondary" name="action" value="extend" form=form>
            {locale.say("再保留", "Extend")}
            <span class="hold-minutes">{more}</span>
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use shared::appointments::{HoldId, HoldToken};

    use super::*;
    use crate::{appointments::tests::EXAMPLE, visit::tests::visit};

    fn drawn(locale: Locale, seconds: i64, extensions_left: u8, above: bool) -> String {
        let now = "2026-05-13T15:17:00+08:00".parse().unwrap();
        let hold = Hold {
            id: HoldId::parse("h1").unwrap(),
            token: HoldToken::parse("secret").unwrap(),
            expires_at: now + TimeDelta::seconds(seconds),
            extensions_left,
        };
        let visit = visit(locale, "/example/book?place=hall", "");
        let longer = (extensions_left > 0).then_some(15);
        crate::draw::fragment(move || {
            let starts_at = "2026-05-20T09:15:00+08:00".parse().unwrap();
            let line = Line { hold: &hold, slot: SlotId(7), starts_at, place: "大厅", longer };
            if above { hold_line_above(&visit, &EXAMPLE, line, now) } else { hold_line(&visit, &EXAMPLE, line, now) }
        })
    }

    fn notice(locale: Locale, seconds: i64, extensions_left: u8) -> String {
        drawn(locale, seconds, extensions_left, false)
    }

    #[test]
    fn the_line_says_which_time_is_held_where_and_until_when_and_offers_more() {
        let html = notice(Locale::Zh, 15 * 60, 2).replace("<!>", "");
        for words in ["5月20日 上午 9:15", "大厅", "保留到下午 3:32", "还有约 15 分钟", " 15 分钟</span>"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(html.contains(r#"name="back" value="/example/book?place=hall""#), "{html}");
        assert!(!html.contains("secret"), "a hold's token stays on the server");
    }

    #[test]
    fn nothing_in_the_line_gives_the_time_back() {
        for above in [true, false] {
            assert!(!drawn(Locale::Zh, 600, 1, above).contains("release"));
        }
    }

    #[test]
    fn once_it_has_run_out_the_line_says_how_long_the_answers_stay_and_offers_the_time_again() {
        let html = drawn(Locale::Zh, 15 * 60, 2, true);
        assert!(html.contains(r#"data-kept="您填写的内容为您保留到下午 5:32。""#), "{html}");
        assert!(html.contains(r#"value="again-7""#) && html.contains(r#"form="answers""#), "{html}");
    }

    #[test]
    fn the_last_two_minutes_are_a_warning() {
        assert!(!notice(Locale::Zh, 121, 1).contains("hold-ending"));
        let html = notice(Locale::En, 120, 1);
        assert!(html.contains("hold-ending") && html.contains("about 2 min left"), "{html}");
        assert!(notice(Locale::En, 20, 1).contains("less than a minute left"));
    }

    #[test]
    fn a_hold_extended_twice_offers_no_more_and_says_so() {
        let html = notice(Locale::Zh, 600, 0);
        assert!(!html.contains("extend") && html.contains(r#"<p class="hold-last">不能再延长"#), "{html}");
        assert!(notice(Locale::Zh, 600, 1).contains(r#"<p hidden class="hold-last">"#));
    }
}
