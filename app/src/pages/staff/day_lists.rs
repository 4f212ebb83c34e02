//! `/staff/day-lists`: who read the lists of other days, for whoever answers for the office and whoever reads the record: names
//! and the ends of numbers of people who stood before nobody. Below it, what else stands out of the last days.

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::day::{
        read::{self, Reader},
        standing_out,
    },
};
use shared::{
    locale::Locale,
    say,
    staff::{OfficeId, Right},
};

use super::{
    day::{seen, standing_out as lines},
    looks::account,
};
use crate::{
    components::empty::Empty,
    draw,
    pairs::{Pairs, address},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/day-lists";

/// Those of one office, without the language prefix.
pub fn of_office(office: &OfficeId) -> String {
    address(PAGE, [("office", office.as_str())])
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (office, offices) = seen::asked_for(&app, &staff, Right::SeeSafetyLooks, &asked).await?;
    let readers = read::list(&app, &staff, &office.id, app.now()).await?;
    let found = standing_out::lately(&app, &staff, &office.id, app.now()).await?;
    let locale = visit.locale;
    let [ends, clerks] = lines::lately(locale, &found);
    let title = locale.say("谁看过别的日子的名单", "Who read the lists of other days");
    let list = if readers.is_empty() {
        view! {
            <Empty title=locale.say("最近 30 天没有人看过", "Nobody in the last 30 days")>
                <p>{locale.say("当天的名单不记。", "Reading today's list is not noted.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = readers.iter().map(|reader| line(locale, reader));
        view! { <ul class="looks" role="list">{rows.collect_view()}</ul> }.into_any()
    };
    Ok(draw::no_store(draw::staff(&visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <h1>{title}</h1>
                <p>{office.name.say(locale).to_owned()}</p>
                {seen::choose(locale, &offices, &office.id, |office| visit.url(&of_office(office)))}
                <p class="soft">
                    {locale.say(
                        "最近 30 天里，在当天以外看过的名单：一个人一天一行。份数多、说不清用处的，请当面问本人。",
                        "Lists that were read on another day than their own in the last 30 days: a line for each person and \
                         day. Ask whoever read many where it is not clear what for.",
                    )}
                </p>
                {list}
                {section(locale.say("提前结束和重新打开", "Ended early, or opened again"), ends)}
                {section(locale.say("按人：标记优先、标记离开", "Marked first or gone, by person"), clerks)}
            </div>
        }
    })))
}

/// Nothing where nothing stands out.
fn section(title: &'static str, lines: Vec<String>) -> Option<AnyView> {
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li><p>{line}</p></li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h2>{title}</h2>
            <ul class="looks" role="list">{lines}</ul>
        }
        .into_any()
    })
}

fn line(locale: Locale, reader: &Reader) -> impl IntoView + use<> {
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
}
