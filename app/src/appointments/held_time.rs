//! The held times beside what is being chosen or filled in.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::locale::Locale;

use super::{
    again::{self, Lost, Press},
    booking_form::BookingForm,
    closed,
    held::{self, Held},
    hold_notice::{FORM, hold_line, hold_line_above},
    service::BookingPages,
    step::Step,
    wish::Wish,
};
use crate::{
    components::button::{Button, LinkButton, Weight},
    visit::Visit,
    words,
};

/// The line of the held time, what became of the one held before, or what to know when there is none. Its buttons send
/// the page's form.
pub fn held_time(visit: &Visit, form: &BookingForm) -> AnyView {
    let Some(held) = &form.held else { return no_time(visit, form) };
    let line = (!held.record.closed)
        .then(|| hold_line_above(visit, form.pages, held.line(form.pages, visit.locale), form.now));
    view! {
        {line}
        {form.obstacle(visit)}
    }
    .into_any()
}

/// What is held in full, and the button that gives it back: at the end of a page, away from what keeps the time. Nothing
/// for a closed day, of which no time is of use to anybody.
pub fn held_in_full(visit: &Visit, form: &BookingForm) -> Option<AnyView> {
    form.held.as_ref().filter(|held| !held.record.closed).map(|held| in_full(visit, held))
}

/// [`held_in_full`] of any time; the button sends the form [`FORM`].
pub(super) fn in_full(visit: &Visit, held: &Held) -> AnyView {
    let locale = visit.locale;
    let place = &held.point.place;
    let (name, address) = (place.name.say(locale).to_owned(), place.address.say(locale).to_owned());
    view! {
        <section class="held-full flow">
            <h2>{locale.say("正在为您保留", "Time held for you")}</h2>
            <p>
                <strong>{words::period(locale, held.record.starts_at, held.record.ends_at)}</strong>
            </p>
            <p>{name} <br /> <span class="soft">{address}</span></p>
            <p>{release(locale, Some(FORM))}</p>
        </section>
    }
    .into_any()
}

fn release(locale: Locale, form: Option<&'static str>) -> impl IntoView {
    let text = locale.say("放弃这个时间", "Release this time");
    view! { <Button text=text weight=Weight::Quiet name="action" value="release" form=form /> }
}

fn no_time(visit: &Visit, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    if let Some(past) = &form.past {
        let kept = form.draft.kept(locale, form.now);
        return again::notice(visit, past, &Press::WithForm, (Wish::any(form.pages), kept), form.now);
    }
    let choose = visit.url(&Wish::of(visit, form.pages).carried_by(form.pages.at(Step::Time)));
    view! {
        <p class="soft">
            {locale.say("还没有选时间，先填写也可以。想先定时间，", "You have not chosen a time yet. You can fill this in first, or ")}
            <a href=choose>{locale.say("去选时间", "choose a time now")}</a>
            {locale.say("。", ".")}
        </p>
    }
    .into_any()
}

/// What this browser holds of a service, and what it held before.
pub(super) struct Holdings {
    pub all: Vec<Held>,
    pub past: Option<Lost>,
    pub kept: Option<String>,
}

impl Holdings {
    pub(super) const NONE: Self = Self { all: Vec::new(), past: None, kept: None };

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.past.is_none()
    }

    /// One section a hold, above everything else. The form that follows books the newest, so only that one leads on.
    pub(super) fn sections(&self, visit: &Visit, wish: &Wish, now: DateTime<Utc>) -> AnyView {
        let pages = wish.pages;
        let past = self.past.as_ref().map(|past| {
            let wish = Wish { narrowed: wish.narrowed, ..Wish::any(pages) };
            again::notice(visit, past, &Press::alone(visit, pages), (wish, self.kept.clone()), now)
        });
        let sections = self.all.iter().enumerate().map(|(place, held)| section(visit, pages, place, held, now));
        view! {
            {past}
            {sections.collect_view()}
        }
        .into_any()
    }
}

fn section(visit: &Visit, pages: &'static BookingPages, place: usize, held: &Held, now: DateTime<Utc>) -> AnyView {
    if held.record.closed {
        return section_of_closed(visit, pages, held);
    }
    let title = if place == 0 {
        visit.say("您已经保留了一个时间", "We are holding a time for you")
    } else {
        visit.say("还保留着另一个时间", "We are also holding another time for you")
    };
    let on = if place == 0 {
        let href = visit.url(&pages.at(Step::Details(0)));
        let text = visit.say("继续填写", "Continue with your details");
        view! { <p class="actions actions-near"><LinkButton href=href text=text /></p> }.into_any()
    } else {
        let text = visit.say("要用这个时间，请先放弃上面那个。", "To use this one, release the one above first.");
        view! { <p class="soft">{text}</p> }.into_any()
    };
    view! {
        <section class="held flow">
            <h2>{title}</h2>
            {held::line(visit, held.record.starts_at, &held.point.place)}
            {hold_line(visit, pages, held.line(pages, visit.locale), now)}
            {on}
            <details class="held-release">
                <summary>{visit.say("不要这个时间了？", "Don’t need this time?")}</summary>
                {release_form(visit, pages, held)}
            </details>
        </section>
    }
    .into_any()
}

/// A time of a day that the place has closed: it still counts among the two that one may hold, so it can be given back.
fn section_of_closed(visit: &Visit, pages: &'static BookingPages, held: &Held) -> AnyView {
    let elsewhere = again::day_of(Wish::any(pages), &held.remembered());
    view! {
        <section class="held flow">
            <h2>{visit.say("这个时间用不上了", "This time can no longer be used")}</h2>
            {held::line(visit, held.record.starts_at, &held.point.place)}
            {closed::notice(visit, &elsewhere, None)}
            {release_form(visit, pages, held)}
        </section>
    }
    .into_any()
}

fn release_form(visit: &Visit, pages: &BookingPages, held: &Held) -> impl IntoView + use<> {
    let hold = held.hold.id.as_str().to_owned();
    view! {
        <form method="post" action=visit.url(&pages.path("book/hold"))>
            <input type="hidden" name="hold" value=hold />
            {release(visit.locale, None)}
        </form>
    }
}
