//! What will be sent of a form that waited while somebody signed in, as they see it before they send it or throw it away: whoever
//! stood at a page that was left open may have typed it.

mod named;

use axum::{extract::Query, http::Uri};
use leptos::prelude::*;
use server::{
    App,
    counter::{counters, day, office},
    staff::{
        authority::{self, Staff},
        sign_in::SignedIn,
    },
};
use shared::{
    calendar::shanghai_date,
    counter::{CounterId, VisitId},
    locale::Locale,
    say,
    staff::{OfficeId, Right},
};

use super::kept::Typed;
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        summary::{Row, Summary},
    },
    pages::{
        left_open,
        staff::{
            day::{
                act::{Pressed, called},
                asked::PAGE as DAY,
                seen::{self, sign_of},
            },
            visits::PAGE as VISIT,
        },
    },
    pairs::{Pairs, value},
    visit::Visit,
};

/// Where the rest of today is filled, which names no day in its address.
const TODAY: &str = "/staff/office/today";

/// Where a form is sent, read.
struct There {
    /// Without the language prefix.
    path: String,
    query: Pairs,
}

impl There {
    fn read(to: &str) -> Self {
        let query = to.parse::<Uri>().ok().and_then(|uri| Query::<Pairs>::try_from_uri(&uri).ok());
        let path = to.split('?').next().unwrap_or_default();
        let path = path.strip_prefix(Locale::En.prefix()).filter(|path| path.starts_with('/')).unwrap_or(path);
        Self { path: path.to_owned(), query: query.map(|Query(pairs)| pairs).unwrap_or_default() }
    }
}

/// All of it, line by line: the page by its title, the office and the day, whom it is about, and each field in full.
pub(super) async fn rows(app: &App, visit: &Visit, signed: &SignedIn, (to, form): (&str, &Pairs)) -> Vec<Row> {
    let (locale, there) = (visit.locale, There::read(to));
    // What is named by nothing but its number is named by it.
    let staff = authority::of_session(app, &signed.session, app.now()).await.ok();
    let about = match &staff {
        Some(staff) => about(app, locale, staff, (&there, form)).await,
        None => Vec::new(),
    };
    let page = named::page(locale, &there.path)
        .map_or_else(|| to.to_owned(), |title| say!(locale, "{title}（{to}）", "{title} ({to})"));
    let fields = form.iter().map(|(name, text)| {
        let words = if name == "do" { named::press(locale, &there.path, text) } else { None };
        Row::new(named::field(locale, name), said(locale, text, words))
    });
    let page = [Row::new(locale.say("页面", "Page"), page)];
    page.into_iter().chain(about).chain(fields).collect()
}

/// What stands in a field, with its words where there are some.
fn said(locale: Locale, text: &str, words: Option<&str>) -> String {
    match words {
        Some(words) => say!(locale, "{words}（{text}）", "{words} ({text})"),
        None if text.is_empty() => locale.say("（空）", "(empty)").to_owned(),
        None => text.to_owned(),
    }
}

/// Where it is done, on which day, and to whom, as far as that is known.
async fn about(app: &App, locale: Locale, staff: &Staff, (there, form): (&There, &Pairs)) -> Vec<Row> {
    let pressed = value(form, "do").filter(|_| there.path == DAY).and_then(Pressed::read);
    let whom = match &pressed {
        Some(Pressed::Visit { visit, .. } | Pressed::Apart { visit, .. }) => Some(visit.clone()),
        _ => there.path.strip_prefix(VISIT).and_then(of_page),
    };
    let at = match pressed {
        Some(Pressed::Counter { counter, .. }) => Some(counter),
        _ => value(form, "counter").and_then(|id| id.parse().ok()).map(CounterId),
    };
    let whom = match whom {
        Some(id) => day::one(app, staff, &id, app.now()).await.ok().map(|row| called(&row, locale)),
        None => None,
    };
    let at = match at {
        Some(id) => counters::one(app, id).await.ok().map(|counter| sign_of(locale, &counter)),
        None => None,
    };
    [
        (locale.say("大厅", "Office"), office_of(app, locale, staff, there).await),
        (locale.say("哪一天", "Day"), day_of(app, locale, (there, form))),
        (locale.say("哪一位", "Whom"), whom),
        (locale.say("哪个窗口", "Counter"), at),
    ]
    .into_iter()
    .filter_map(|(what, which)| Some(Row::new(what, which?)))
    .collect()
}

/// Whose page is below that of visits.
fn of_page(rest: &str) -> Option<VisitId> {
    VisitId::parse(rest.strip_prefix('/')?).ok()
}

/// The office that the address names, or the only one there is for this person.
async fn office_of(app: &App, locale: Locale, staff: &Staff, there: &There) -> Option<String> {
    let name = |office: &office::Office| office.name.say(locale).to_owned();
    if let Some(id) = value(&there.query, "office").and_then(|id| OfficeId::parse(id).ok()) {
        return office::one(app, &id).await.ok().as_ref().map(name);
    }
    let right = match there.path.as_str() {
        path if path.starts_with("/staff/office") => Right::ManageOffice,
        path if path.starts_with(DAY) => Right::SeeDay,
        _ => return None,
    };
    match &seen::offices(app, staff, right).await.ok()?[..] {
        [only] => Some(name(only)),
        _ => None,
    }
}

/// The day that the address names; where it names none, the page is of the day on which it was drawn.
fn day_of(app: &App, locale: Locale, (there, form): (&There, &Pairs)) -> Option<String> {
    let today = shanghai_date(app.now());
    let drawn_on = || {
        let is_of_today = there.path == DAY || there.path == TODAY;
        is_of_today.then(|| left_open::drawn_on(form).unwrap_or(today))
    };
    let date = value(&there.query, "date").and_then(|date| date.parse().ok()).or_else(drawn_on)?;
    let said = locale.full_date(date);
    Some(if date == today { say!(locale, "今天，{said}", "today, {said}") } else { said })
}

/// The form as it was, under what will be sent of it.
pub(super) fn offer(locale: Locale, (to, home): (String, String), typed: Typed, rows: Vec<Row>) -> AnyView {
    let path = There::read(&to).path;
    let press = value(&typed.form, "do").and_then(|pressed| named::press(locale, &path, pressed));
    let text = match press {
        Some(press) => format!("{}{press}", locale.say("接着做：", "Go on: ")),
        None => locale.say("接着提交刚才填写的内容", "Send what you had typed").to_owned(),
    };
    let look = locale.say(
        "刚才的操作还没有办。下面是会发出去的全部内容，请看清楚：有一样不是您填的，或者不要了，就丢掉。",
        "Nothing was done yet. Below is all that will be sent. Please look: if any of it is not yours, or is not to be done any more, \
         throw it away.",
    );
    view! {
        <p>{look}</p>
        <h2>{locale.say("会发出去的内容", "What will be sent")}</h2>
        <Summary locale=locale rows=rows />
        <form method="post" action=to>
            {typed.fields()}
            <p class="actions">
                <Button text=text />
                <LinkButton href=home text=locale.say("丢掉，不发", "Throw it away") weight=Weight::Quiet />
            </p>
        </form>
    }
    .into_any()
}

/// What was typed on a page that is done for nobody, to be read and filled in anew.
pub(super) fn to_read(locale: Locale, form: &Pairs) -> Option<AnyView> {
    let rows: Vec<_> = form
        .iter()
        .filter(|(name, _)| !named::is_for_the_portal(name))
        .map(|(name, text)| Row::new(named::field(locale, name), said(locale, text, None)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    Some(
        view! {
            <h2>{locale.say("刚才填写的内容", "What had been typed")}</h2>
            <p>
                {locale.say(
                    "这些没有发出去。还要办的，请照着在重新打开的页面上再填一次。",
                    "None of it was sent. If it is still to be done, fill it in again on the page once it is open anew.",
                )}
            </p>
            <Summary locale=locale rows=rows />
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_in_either_language_and_with_what_it_is_asked_for() {
        for to in ["/staff/day?office=nanshan&date=2026-05-14", "/en/staff/day?office=nanshan&date=2026-05-14"] {
            let there = There::read(to);
            assert_eq!(there.path, DAY);
            assert_eq!(
                (value(&there.query, "office"), value(&there.query, "date")),
                (Some("nanshan"), Some("2026-05-14"))
            );
        }
        assert_eq!(There::read("/english").path, "/english");
    }

    #[test]
    fn what_stands_in_a_field_is_said_in_full() {
        assert_eq!(said(Locale::Zh, "park:3:abc", Some("暂放")), "暂放（park:3:abc）");
        assert_eq!(
            (said(Locale::Zh, "", None), said(Locale::En, "a\nb", None)),
            ("（空）".to_owned(), "a\nb".to_owned())
        );
    }
}
