//! `/places/reports` and `/places/reports/{receipt}`: what came of what somebody said was wrong.

use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    directory::{
        reports::{self, Kept},
        shown,
    },
};
use shared::{appointments::BookingReference as Receipt, locale::Locale, say};

use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        confirmation::Confirmation,
        text_field::TextField,
        timeline::{Milestone, Timeline},
    },
    draw::{self, Script, needs},
    pairs::{Pairs, value},
    site::{Cache, Site, Who, get},
    visit::Visit,
    words::moment,
};

const PAGE: &str = "/places/reports";

pub fn pages(site: Site) -> Site {
    site.page(PAGE, Who::Anyone, Cache::Never, get(find)).page(
        "/places/reports/{receipt}",
        Who::Anyone,
        Cache::Never,
        get(show),
    )
}

/// What stands before the phone in the words of a report ([`shared::directory::Report::read`]).
const PHONE: &str = "☎ ";

/// Where a report's page lies.
pub fn path(receipt: &Receipt) -> String {
    format!("{PAGE}/{}", receipt.as_str())
}

/// The way to what came of a report, for whoever has a receipt.
pub fn way(visit: &Visit) -> AnyView {
    let text = visit.say("说过哪里不对？凭回执号看答复", "Told us of a mistake? See the answer by your receipt");
    view! { <p class="links off-paper"><a href=visit.url(PAGE)>{text}</a></p> }.into_any()
}

/// Asks for the receipt, and leads on where one was typed.
pub async fn find(visit: Visit, Query(pairs): Query<Pairs>) -> Response {
    let typed = value(&pairs, "receipt").unwrap_or_default();
    match Receipt::parse(typed) {
        Ok(receipt) => Redirect::to(&visit.url(&path(&receipt))).into_response(),
        Err(_) if typed.is_empty() => ask(&visit, StatusCode::OK, typed, None),
        Err(_) => {
            let error = visit.say(
                "回执号有 12 个字母和数字，请对照一下，看有没有抄错。",
                "A receipt number has 12 letters and digits. Please compare it with your note.",
            );
            ask(&visit, StatusCode::UNPROCESSABLE_ENTITY, typed, Some(error))
        }
    }
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Path(receipt): Path<String>,
) -> Result<Response, Rejection> {
    let Ok(receipt) = Receipt::parse(&receipt) else {
        return Ok(ask(&visit, StatusCode::NOT_FOUND, &receipt, Some(unknown(visit.locale))));
    };
    let Some(kept) = reports::one(&app, &client, &receipt).await? else {
        return Ok(ask(&visit, StatusCode::NOT_FOUND, receipt.as_str(), Some(unknown(visit.locale))));
    };
    let directory = shown::with(&app, &kept.place, app.now()).await?;
    let place = directory.as_ref().and_then(|directory| {
        let listing = directory.get(&kept.place)?;
        let href = visit.url(&format!("{}/{}", directory.kind.path, listing.id));
        Some((href, listing.name.say(visit.locale).to_owned()))
    });
    Ok(draw::page(&visit, title(visit.locale, &kept), || body(&visit, &kept, place)))
}

fn unknown(locale: Locale) -> &'static str {
    locale.say(
        "没有这个回执号，请对照一下，看有没有抄错。",
        "There is no such receipt. Please compare it with your note.",
    )
}

fn title(locale: Locale, kept: &Kept) -> &'static str {
    match kept.answered {
        Some(_) => locale.say("您说的问题有答复了", "Your report has an answer"),
        None => locale.say("您说的问题已经收到", "Your report has arrived"),
    }
}

fn body(visit: &Visit, kept: &Kept, place: Option<(String, String)>) -> AnyView {
    let locale = visit.locale;
    let made = Milestone {
        title: locale.say("收到", "Received").to_owned(),
        time: Some(moment(locale, kept.made_at)),
        done: true,
    };
    let next = match &kept.answered {
        Some((at, _)) => {
            Milestone {
                title: locale.say("答复", "Answered").to_owned(), time: Some(moment(locale, *at)), done: true
            }
        }
        None => Milestone {
            title: locale.say("核实以后在这里答复", "The answer will stand here once it was looked into").to_owned(),
            time: visit.portal.answer_days.map(|days| say!(locale, "{days} 天以内", "within {days} days")),
            done: false,
        },
    };
    let answer = kept.answered.as_ref().map(|(_, words)| {
        view! {
            <h2>{locale.say("答复", "The answer")}</h2>
            <p>{words.to_string()}</p>
        }
    });
    let about = kept.report.about.words();
    let words = kept.report.words.to_string();
    // Where somebody knew the right phone, it stands behind its sign.
    let (words, phone) = words.split_once(PHONE).unwrap_or((words.as_str(), ""));
    let words = (!words.is_empty()).then(|| view! { <p class="soft">{words.to_owned()}</p> });
    let phone = (!phone.is_empty()).then(|| {
        view! { <p class="soft">{say!(locale, "正确的电话：{phone}", "The right phone: {phone}")}</p> }
    });
    let back = place.map(|(href, name)| view! { <BackLink href=href text=name /> });
    let days = visit.portal.keep_days;
    let hint = match kept.answered {
        Some(_) => say!(
            locale,
            "答复以后保留 {days} 天。以后凭回执号看：",
            "The answer stays for {days} days after it was given. To see it later by the number: "
        ),
        None => say!(
            locale,
            "请记下回执号，答复在这一页上，答复以后保留 {days} 天。以后凭回执号看：",
            "Please keep the number. The answer will stand on this page and stays for {days} days. To see it later by the number: "
        ),
    };
    let page = locale.say("看您说的问题怎么样了", "What came of your report");
    let (there, acts) = (visit.url(PAGE), acts(locale, &kept.receipt.to_string()));
    needs(Script::Door);
    view! {
        <div class="column flow">
            {back}
            <Confirmation title=title(locale, kept) label=locale.say("回执号", "Receipt") reference=kept.receipt.to_string()>
                {answer}
                <p>{hint} <a href=there>{page}</a></p>
                {acts}
            </Confirmation>
            <h2>{locale.say("您说的", "What you said")}</h2>
            <p>{about.say(locale).to_owned()}</p>
            {words}
            {phone}
            <h2>{locale.say("到哪一步了", "How it stands")}</h2>
            <Timeline events=vec![made, next] />
        </div>
    }
    .into_any()
}

/// To take the number along; both need a script, and a number can be written down without.
fn acts(locale: Locale, receipt: &str) -> AnyView {
    view! {
        <p class="actions">
            <button
                class="button button-secondary"
                type="button"
                hidden
                data-copy=receipt.to_owned()
                data-done=locale.say("已经复制", "Copied")
            >
                {locale.say("复制回执号", "Copy the number")}
            </button>
            <button class="button button-secondary" type="button" hidden data-print>
                {locale.say("打印这一页", "Print this page")}
            </button>
            <span role="status"></span>
        </p>
    }
    .into_any()
}

fn ask(visit: &Visit, status: StatusCode, typed: &str, error: Option<&'static str>) -> Response {
    let locale = visit.locale;
    let title = locale.say("看看您说的问题怎么样了", "What came of your report");
    let (typed, error) = (typed.to_owned(), error.map(str::to_owned));
    draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/") text=locale.say("首页", "Home") />
                <h1>{title}</h1>
                <form method="get" action=visit.url(PAGE) class="flow">
                    <TextField
                        locale=locale
                        name="receipt"
                        label=locale.say("回执号", "Receipt number")
                        value=typed
                        hint=Some(locale.say("12 个字母和数字，大小写都可以", "12 letters and digits, in any case").to_owned())
                        error=error
                        width="input-short"
                    />
                    <p class="actions">
                        <Button text=locale.say("看答复", "See the answer") />
                    </p>
                </form>
            </div>
        }
    })
}
