//! The days of a month: which can be booked, which cannot and why.

use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;
use shared::{calendar::LunarDay, locale::Locale};

use super::{
    icon::{Drawing, Icon},
    row_link::RowLink,
};

/// One day as the calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthDay {
    pub date: NaiveDate,
    pub openness: Openness,
    pub work: Work,
    /// Name of a date that many people want, such as `520` or `七夕`.
    pub hot: Option<String>,
    /// Its date in the lunar calendar, for those who read Chinese.
    pub lunar: Option<LunarDay>,
    pub chosen: bool,
}

/// Whether a day can be booked, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Openness {
    Open {
        remaining: u32,
        href: String,
    },
    Full,
    NotYetReleased,
    TooSoon,
    Past,
    Closed,
    /// Those for whom one chooses may not come.
    Barred,
}

/// What kind of day it is for those who work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    Ordinary,
    /// A statutory holiday (休), with its name.
    Holiday(String),
    /// A weekend day worked in exchange for a holiday (班).
    MakeUp,
}

/// The address of a day that cannot be booked.
pub type ExplainedAt = Box<dyn Fn(NaiveDate) -> String>;

/// A month with links on the days that can be booked; in elder mode (`as_list`) only those days, one a line.
#[component]
pub fn Month(
    locale: Locale,
    /// All days of one month, in order.
    days: Vec<MonthDay>,
    #[prop(optional_no_strip)] previous: Option<String>,
    #[prop(optional_no_strip)] next: Option<String>,
    #[prop(optional)] as_list: bool,
    /// The address that says why a day to come cannot be booked, and what is nearest to it.
    #[prop(optional)]
    explained_at: Option<ExplainedAt>,
) -> impl IntoView {
    let first = days.first().map(|day| day.date).unwrap_or_default();
    let title = title(locale, first);
    let turn = |href: Option<String>, text: &'static str, icon: Icon| {
        let drawing = view! { <Drawing icon=icon /> };
        // Two whole English words do not fit beside the month on a phone.
        let month = (locale == Locale::En).then(|| view! { <span class="hidden-visually">" month"</span> });
        match href {
            Some(href) => view! { <a class="month-turn" href=href>{drawing}<span>{text}{month}</span></a> }.into_any(),
            None => view! { <span class="month-turn"></span> }.into_any(),
        }
    };
    let previous = turn(previous, locale.say("上个月", "Previous"), Icon::Back);
    let next = turn(next, locale.say("下个月", "Next"), Icon::Forward);
    let body = if as_list { list(locale, days) } else { table(locale, &title, days, explained_at) };
    view! {
        <div class="month">
            <div class="month-head">
                {previous}
                <p class="month-title" aria-hidden=(!as_list).then_some("true")>{title}</p>
                {next}
            </div>
            {body}
        </div>
    }
}

/// The name of the month of a day.
pub fn title(locale: Locale, day: NaiveDate) -> String {
    match locale {
        Locale::Zh => format!("{}年{}月", day.year(), day.month()),
        Locale::En => locale.date(day).split_once(' ').map_or_else(String::new, |(_, rest)| rest.to_owned()),
    }
}

fn table(locale: Locale, title: &str, days: Vec<MonthDay>, explained_at: Option<ExplainedAt>) -> AnyView {
    let names = match locale {
        Locale::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Locale::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let some_monday = NaiveDate::default() + Days::new(4);
    let heads = (0..7).zip(names).map(|(day, name)| {
        let whole = locale.weekday(some_monday + Days::new(day));
        view! { <th scope="col" abbr=whole>{name}</th> }
    });
    let legend = legend(locale, &days);
    let before = days.first().map_or(0, |day| day.date.weekday().num_days_from_monday());
    let mut cells: Vec<Option<MonthDay>> = (0..before).map(|_| None).collect();
    cells.extend(days.into_iter().map(Some));
    cells.resize(cells.len().next_multiple_of(7), None);
    // A week that is over is not shown: nothing in it can be chosen or explained.
    let over = |day: &Option<MonthDay>| day.as_ref().is_none_or(|day| day.openness == Openness::Past);
    let weeks = cells.chunks(7).filter(|week| !week.iter().all(over)).map(|week| {
        let cells = week.iter().map(|day| match day {
            Some(day) => cell(locale, day.clone(), explained_at.as_deref()),
            None => view! { <td class="day-blank"></td> }.into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let weeks = weeks.collect_view();
    view! {
        <table class="month-grid">
            <caption class="hidden-visually">{title.to_owned()}</caption>
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>{weeks}</tbody>
        </table>
        {legend}
    }
    .into_any()
}

fn cell(locale: Locale, day: MonthDay, explained_at: Option<&dyn Fn(NaiveDate) -> String>) -> AnyView {
    let number = day.date.day();
    let label = label(locale, &day);
    let (corner, corner_class) = match &day.work {
        Work::Holiday(_) => (locale.say("休", "off"), "day-corner day-off"),
        Work::MakeUp => (locale.say("班", "work"), "day-corner day-work"),
        Work::Ordinary => ("", ""),
    };
    let corner = (!corner.is_empty()).then(|| view! { <span class=corner_class>{corner}</span> });
    // A name that people know the day by says more than its lunar date.
    let below = match (&day.hot, day.lunar) {
        (Some(name), _) => Some(view! { <span class="day-hot">{name.clone()}</span> }.into_any()),
        (None, Some(lunar)) => {
            let name = if lunar.day == 1 { lunar.month_name() } else { lunar.day_name() };
            Some(view! { <span class="day-lunar">{name}</span> }.into_any())
        }
        (None, None) => None,
    };
    let state = short_state(locale, &day.openness);
    let seen = view! {
        <span class="day-seen" aria-hidden="true">
            {corner}
            <span class="day-number">{number}</span>
            {below}
            {state}
        </span>
        <span class="hidden-visually">{label}</span>
    };
    let class = match &day.openness {
        Openness::Open { .. } => "day day-open",
        Openness::Full => "day day-full",
        Openness::NotYetReleased => "day day-later",
        Openness::TooSoon | Openness::Past | Openness::Closed | Openness::Barred => "day day-shut",
    };
    let class = if day.chosen { format!("{class} day-chosen") } else { class.to_owned() };
    let href = match day.openness {
        Openness::Open { href, .. } => Some(href),
        Openness::Full | Openness::NotYetReleased | Openness::TooSoon | Openness::Closed | Openness::Barred => {
            explained_at.map(|explained_at| explained_at(day.date))
        }
        Openness::Past => None,
    };
    match href {
        Some(href) => {
            let current = day.chosen.then_some("date");
            view! { <td class=class><a href=href aria-current=current>{seen}</a></td> }.into_any()
        }
        None => view! { <td class=class>{seen}</td> }.into_any(),
    }
}

fn list(locale: Locale, days: Vec<MonthDay>) -> AnyView {
    let rows: Vec<_> = days
        .into_iter()
        .filter_map(|day| {
            // A row breaks between its words, where a comma would be left hanging.
            let (date, about) = (date_of(locale, day.date), about(locale, &day).join(locale.say(" ", ", ")));
            let Openness::Open { href, .. } = day.openness else { return None };
            Some(view! { <li><RowLink href=href title=date about=about chosen=day.chosen /></li> })
        })
        .collect();
    if rows.is_empty() {
        let none = locale.say("这个月没有可以预约的日子。", "No day of this month can be booked.");
        return view! { <p>{none}</p> }.into_any();
    }
    view! { <ul class="days" role="list">{rows}</ul> }.into_any()
}

/// The whole state of a day in words.
fn label(locale: Locale, day: &MonthDay) -> String {
    format!(
        "{}{}{}",
        date_of(locale, day.date),
        locale.say("，", ", "),
        about(locale, day).join(locale.say("，", ", "))
    )
}

fn date_of(locale: Locale, date: NaiveDate) -> String {
    match locale {
        Locale::Zh => format!("{}月{}日 {}", date.month(), date.day(), locale.weekday(date)),
        Locale::En => locale.full_date(date),
    }
}

/// What is special about a day, and whether it can be booked.
fn about(locale: Locale, day: &MonthDay) -> Vec<String> {
    let work = match &day.work {
        Work::Holiday(name) => Some(name.clone()),
        Work::MakeUp => Some(locale.say("调休上班", "a make-up working day").to_owned()),
        Work::Ordinary => None,
    };
    let state = match day.openness {
        Openness::Open { remaining, .. } => match locale {
            Locale::Zh => format!("剩 {remaining} 个名额"),
            Locale::En => format!("{remaining} {} left", if remaining == 1 { "place" } else { "places" }),
        },
        Openness::Full => locale.say("已约满", "fully booked").to_owned(),
        Openness::NotYetReleased => locale.say("还没放号", "not released yet").to_owned(),
        Openness::TooSoon => locale.say("太近，不能再预约", "too soon to book").to_owned(),
        Openness::Past => locale.say("已过", "past").to_owned(),
        Openness::Closed => locale.say("不办公", "closed").to_owned(),
        Openness::Barred => locale.say("不能选", "cannot be chosen").to_owned(),
    };
    let lunar = day.lunar.map(in_lunar);
    lunar.into_iter().chain(work).chain(day.hot.clone()).chain([state]).collect()
}

/// `农历四月初四`.
pub fn in_lunar(day: LunarDay) -> String {
    format!("农历{}{}", day.month_name(), day.day_name())
}

fn short_state(locale: Locale, openness: &Openness) -> Option<AnyView> {
    let words = match openness {
        Openness::Open { remaining, .. } => {
            let number = view! { <b>{*remaining}</b> };
            let state = match locale {
                Locale::Zh => view! { <span class="day-state">"剩"{number}</span> }.into_any(),
                Locale::En => view! { <span class="day-state">{number}" left"</span> }.into_any(),
            };
            return Some(state);
        }
        Openness::Full => locale.say("满", "full"),
        Openness::NotYetReleased => locale.say("未放", "later"),
        Openness::TooSoon => locale.say("太近", "soon"),
        Openness::Closed => locale.say("不办", "shut"),
        Openness::Past | Openness::Barred => return None,
    };
    Some(view! { <span class="day-state">{words}</span> }.into_any())
}

/// What the signs of these days mean.
fn legend(locale: Locale, days: &[MonthDay]) -> AnyView {
    type Shown = fn(&MonthDay) -> bool;
    let signs: [(_, _, Shown); 7] = [
        (locale.say("剩", "left"), locale.say("还有名额", "places left"), |day| {
            matches!(day.openness, Openness::Open { .. })
        }),
        (locale.say("满", "full"), locale.say("已约满", "fully booked"), |day| day.openness == Openness::Full),
        (locale.say("未放", "later"), locale.say("还没放号", "not released yet"), |day| {
            day.openness == Openness::NotYetReleased
        }),
        (locale.say("太近", "soon"), locale.say("不能再约", "too soon to book"), |day| {
            day.openness == Openness::TooSoon
        }),
        (locale.say("不办", "shut"), locale.say("不办公", "closed"), |day| day.openness == Openness::Closed),
        (locale.say("休", "off"), locale.say("法定节假日", "public holiday"), |day| {
            matches!(day.work, Work::Holiday(_))
        }),
        (locale.say("班", "work"), locale.say("调休上班", "make-up working day"), |day| day.work == Work::MakeUp),
    ];
    let signs = signs.into_iter().filter(|(_, _, shown)| days.iter().any(shown)).map(|(sign, meaning, _)| {
        view! { <div><dt>{sign}</dt><dd>{meaning}</dd></div> }
    });
    view! { <dl class="month-legend" aria-hidden="true">{signs.collect_view()}</dl> }.into_any()
}

#[cfg(test)]
mod tests;
