//! `/staff/day-lists`: who read the lists of other days, which hold names and the ends of numbers of people who stood before
//! nobody; days that ended early; and how each clerk called and marked those who came. For whoever answers for the office and
//! whoever reads the record, month by month as far back as there is anything.

mod clerks;
mod months;

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::{
        day::{
            read::{self, Reader},
            standing_out,
        },
        office::Office,
    },
};
use shared::{
    calendar::{Month, shanghai_date},
    locale::Locale,
    say,
    staff::{OfficeId, Right},
};

use self::months::Months;
use super::{
    day::{seen, standing_out as lines},
    looks::{self, account},
};
use crate::{
    components::empty::Empty,
    draw,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/day-lists";
/// The name of the list.
const LIST: &str = "list";
/// The name of the month.
const MONTH: &str = "month";

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum List {
    Readers,
    Ends,
    Clerks,
}

/// One of them of one office this month, without the language prefix.
pub fn of_office(office: &OfficeId, list: List) -> String {
    there(office, (list, None))
}

fn there(office: &OfficeId, (list, month): (List, Option<Month>)) -> String {
    let list = list.name().map(|name| (LIST, name));
    let month = month.map(|month| month.to_string());
    let month = month.as_deref().map(|month| (MONTH, month));
    address(PAGE, [("office", office.as_str())].into_iter().chain(list).chain(month))
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (office, offices) = seen::asked_for(&app, &staff, Right::SeeSafetyLooks, &asked).await?;
    let locale = visit.locale;
    let named = |list: &List| list.name().is_some() && list.name() == value(&asked, LIST);
    let list = List::ALL.into_iter().find(named).unwrap_or(List::Readers);
    let this = Month::of(shanghai_date(app.now()));
    let since = standing_out::since(&app, &staff, &office.id).await?.unwrap_or(this).min(this);
    let months = Months::new((since, this), value(&asked, MONTH).and_then(|month| month.parse().ok()));
    let rows = match list {
        List::Readers => {
            let readers = read::list(&app, &staff, &office.id, months.shown).await?;
            readers.iter().map(|reader| line(locale, reader)).collect::<Vec<_>>()
        }
        List::Ends => {
            let ends = standing_out::ends_in(&app, &staff, &office.id, months.shown).await?;
            ends.iter().map(|end| lines::end(locale, end)).collect()
        }
        List::Clerks => {
            let found = standing_out::clerks_in(&app, &staff, &office.id, months.shown).await?;
            found.iter().map(|clerk| clerks::line(locale, clerk)).collect()
        }
    };
    Ok(draw(&visit, (&office, &offices), (list, &months), rows))
}

fn draw(
    visit: &Visit,
    (office, offices): (&Office, &[Office]),
    (list, months): (List, &Months),
    rows: Vec<AnyView>,
) -> Response {
    let (locale, title) = (visit.locale, list.title(visit.locale));
    let rows = if rows.is_empty() {
        let (month, further) = (months::words(locale, months.shown), months.further(locale));
        view! {
            <Empty title=list.none(locale, &month)>
                <p>{further}</p>
            </Empty>
        }
        .into_any()
    } else {
        view! { <ul class="looks" role="list">{rows}</ul> }.into_any()
    };
    let to = |month| visit.url(&there(&office.id, (list, Some(month))));
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <h1>{title}</h1>
                <p>{office.name.say(locale).to_owned()}</p>
                {seen::choose(locale, offices, &office.id, |office| {
                    visit.url(&there(office, (list, Some(months.shown))))
                })}
                {lists(visit, office, (list, months.shown))}
                {months.choose(visit, &office.id, list)}
                <p class="soft">{list.about(locale)}</p>
                {rows}
                {months.beside(locale, to)}
            </div>
        }
    }))
}

impl List {
    const ALL: [Self; 3] = [Self::Readers, Self::Ends, Self::Clerks];

    /// In the address; the first has none.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Readers => None,
            Self::Ends => Some("ends"),
            Self::Clerks => Some("clerks"),
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Readers => locale.say("谁看过别的日子的名单", "Who read the lists of other days"),
            Self::Ends => locale.say("提前结束和重新打开", "Ended early, or opened again"),
            Self::Clerks => locale.say("按人计数：叫号、优先、离开", "By person: calls and marks"),
        }
    }

    /// Among the others, in a word or two.
    fn tab(self, locale: Locale) -> &'static str {
        match self {
            Self::Readers => locale.say("谁看过名单", "Readers"),
            Self::Ends => locale.say("提前结束", "Ended early"),
            Self::Clerks => locale.say("按人计数", "By person"),
        }
    }

    fn none(self, locale: Locale, month: &str) -> String {
        match self {
            Self::Readers => {
                say!(locale, "{month}没有人看过别的日子的名单", "Nobody read the list of another day in {month}")
            }
            Self::Ends => {
                say!(locale, "{month}没有提前结束、也没有重新打开", "No day was ended early or opened again in {month}")
            }
            Self::Clerks => say!(locale, "{month}没有人叫过号", "Nobody was called in {month}"),
        }
    }

    fn about(self, locale: Locale) -> AnyView {
        match self {
            Self::Readers => locale
                .say(
                    "在当天以外看过的名单：一个人一天一行。当天的名单不记。份数多、说不清用处的，请当面问本人。",
                    "Lists that were read on another day than their own: a line for each person and day. Reading today's is not \
                     noted. Ask whoever read many where it is not clear what for.",
                )
                .into_any(),
            Self::Ends => locale
                .say(
                    "还有人在等、或者还有人没到时间，就结束了的日子，和结束以后又重新打开的。平常的结束不列。",
                    "Days that were ended while somebody waited or was still to come, and days that were opened again. Ordinary \
                     ends are not listed.",
                )
                .into_any(),
            Self::Clerks => clerks::about(locale),
        }
    }
}

fn lists(visit: &Visit, office: &Office, (shown, month): (List, Month)) -> AnyView {
    let links = List::ALL.map(|list| {
        let current = (list == shown).then_some("true");
        let href = visit.url(&there(&office.id, (list, Some(month))));
        view! { <li><a href=href aria-current=current>{list.tab(visit.locale)}</a></li> }
    });
    view! {
        {looks::tabs(visit, &office.id, None)}
        <nav aria-label=visit.say("名单：看哪一份", "Lists of days: which one")>
            <ul class="states" role="list">{links.into_iter().collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn line(locale: Locale, reader: &Reader) -> AnyView {
    let account = account(locale, reader.account.as_ref());
    let (first, last, days) = (locale.full_date(reader.first), locale.full_date(reader.last), reader.days);
    let what = if days == 1 {
        say!(locale, "{first}的名单", "the list of {first}")
    } else {
        say!(locale, "{days} 天的名单，{first}到{last}之间", "the lists of {days} days between {first} and {last}")
    };
    let who = format!("{account} · {} · {}", reader.role.words(locale), words::moment(locale, reader.at));
    view! {
        <li>
            <p>{what}</p>
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}
