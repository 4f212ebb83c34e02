//! `/staff/office/today`: more places of today, for those who come when all are given out or when the times are over. Whoever
//! manages the office decides it, with a reason.

use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{
        day::{self, DaySheet},
        more::{self, Left, More},
        offered::{self, Offered},
        office::Office,
    },
    staff::authority::Staff,
};
use shared::{
    appointments::SlotId,
    calendar::shanghai_date,
    counter::{Press, more::Draft},
    field::FieldErrors,
    locale::Locale,
    problem::Problem,
    say,
    staff::{OfficeId, Right},
};

use super::{
    super::{
        day::{seen, stands::clock},
        refused::refused,
        service_at,
        small_field::SmallField,
    },
    told,
};
use crate::{
    components::{
        back_link::BackLink,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pages::left_open,
    pairs::{Pairs, address as with_query, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

const PAGE: &str = "/staff/office/today";

/// This page of one office, without the language prefix.
pub fn address(office: &OfficeId) -> String {
    with_query(PAGE, [("office", office.as_str())])
}

/// What the page says beside what there is.
#[derive(Default)]
struct Told {
    typed: Pairs,
    errors: FieldErrors,
    problem: Option<Problem>,
    done: bool,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let office = super::office(&app, &staff, &asked).await?;
    let told = Told { done: value(&asked, "done").is_some(), ..Told::default() };
    Ok(draw(&app, &visit, (&staff, &bookable), &office, told).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let office = super::office(&app, &staff, &asked).await?;
    let told = match take(&app, &staff, &typed).await {
        Ok(()) => {
            let there = with_query(PAGE, [("office", office.id.as_str()), ("done", "1")]);
            return Ok(Redirect::to(&visit.url(&there)).into_response());
        }
        Err(error) => {
            let (errors, problem) = told::read(error)?;
            Told { typed, errors, problem, ..Told::default() }
        }
    };
    Ok(draw(&app, &visit, (&staff, &bookable), &office, told).await?)
}

/// One press: `add`, or `take-back:7`. Today is the day that the page was drawn on, or nothing is done.
async fn take(app: &App, staff: &Staff, typed: &Pairs) -> Result<(), Error> {
    let now = app.now();
    left_open::drawn_today(typed, now)?;
    let text = |name: &str| value(typed, name).unwrap_or_default();
    let pressed = text("do");
    if let Some(slot) = pressed.strip_prefix("take-back:") {
        let slot = slot.parse().map(SlotId).map_err(|_| Problem::NotFound)?;
        return more::take_back(app, staff, slot, now).await;
    }
    if pressed != "add" {
        return Err(Problem::Malformed.into());
    }
    let (service, place) = service_at::read(text("of")).ok_or(Problem::Malformed)?;
    let press = Press::parse(text("press")).map_err(|_| Problem::Malformed)?;
    let draft = Draft { places: text("places").to_owned(), reason: text("reason").to_owned() };
    let (places, reason) = draft.read()?;
    more::add(app, staff, (&place, &service), (places, &reason), &press, now).await
}

async fn draw(
    app: &App,
    visit: &Visit,
    (staff, bookable): (&Staff, &BookableServices),
    office: &Office,
    told: Told,
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let offers = offered::at(app, staff, &office.id, now).await?;
    let sheet = day::sheet(app, &office.id, shanghai_date(now), now).await?;
    let offices = seen::offices(app, staff, Right::ManageOffice).await?;
    let mut services = Vec::with_capacity(offers.len());
    // Nothing is given out on a day that has ended.
    for offer in offers.iter().filter(|_| sheet.closed.is_none()) {
        let left = more::left(app, &offer.point.place.id, &offer.point.service, now).await?;
        services.push(view! { <li>{one(visit, office, (bookable, offer, left), &sheet, &told)}</li> });
    }
    let status = told::status(told.problem.as_ref(), false, &told.errors);
    let of = value(&told.typed, "of").unwrap_or_default();
    let mut messages = told.errors.messages(locale);
    for message in &mut messages {
        message.field = field_id(of, &message.field);
    }
    let problem = told.problem.as_ref().map(|problem| refused(locale, problem, None));
    let done = told
        .done
        .then(|| view! { <Notice tone=Tone::Success live=true focus=true title=locale.say("已经办好", "Done") /> });
    let title = say!(locale, "{}：今天加号", "{}: more places today", office.name.say(locale));
    let back = visit.url(&with_query("/staff/day", [("office", office.id.as_str())]));
    let chooser = super::choose_at(PAGE, visit, office, &offices);
    let reopened = back.clone();
    let about = if sheet.closed.is_some() {
        view! {
            <Notice title=locale.say("今天已经结束，不能再加号", "Closed for today: nothing can be added")>
                <p>
                    {locale.say("还要收人的，先", "To take anybody in, first ")}
                    <a href=reopened>{locale.say("重新打开这一天", "open the day again")}</a>
                    {locale.say("。", ".")}
                </p>
            </Notice>
        }
        .into_any()
    } else {
        view! {
            <p class="soft">
                {locale.say(
                    "名额给完了，或者时段都过了，现场还有人要办，就在这里加号。加的号只能到大厅来取，网上约不到，今天用完为止。",
                    "For those who stand here when all places are given out, or all times are over. What you add is taken in \
                     the hall only, never online, and ends with today.",
                )}
            </p>
        }
        .into_any()
    };
    let empty = offers.is_empty().then(|| {
        view! { <p>{locale.say("这个大厅没有可以预约的服务。", "Nothing can be booked at this office.")}</p> }
    });
    Ok(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow column">
                <BackLink href=back text=locale.say("回到今天的名单", "Back to today's sheet") />
                <ErrorSummary locale=locale messages=messages />
                {problem}
                {done}
                <h1>{title.clone()}</h1>
                {chooser}
                {about}
                {empty}
                <ul class="paper-lines" role="list">{services}</ul>
            </div>
        }
    }))
}

fn one(
    visit: &Visit,
    office: &Office,
    (bookable, offered, left): (&BookableServices, &Offered, Left),
    sheet: &DaySheet,
    told: &Told,
) -> AnyView {
    let locale = visit.locale;
    let point = &offered.point;
    let of = service_at::write(&point.service, &point.place.id);
    let title = name_of(locale, bookable, offered);
    let (tone, stands) = match left {
        Left { times: 0, .. } => {
            ("untold", locale.say("今天没有办理时段了，现在取不到号", "No times left today: no tickets"))
        }
        Left { places: 0, .. } => {
            ("untold", locale.say("今天的名额都给完了，现在取不到号", "All places are given out: no tickets"))
        }
        _ => ("soft", locale.say("现在还能取号", "Tickets can be taken")),
    };
    let places = left.places;
    let number = (places > 0).then(|| say!(locale, "，还有 {places} 个", ", {places} left"));
    let here = |more: &&More| more.place == point.place.id && more.service == point.service;
    let action = visit.url(&address(&office.id));
    let added = sheet.more.iter().filter(here).map(|more| added(locale, &action, more)).collect_view();
    let today = sheet.date;
    let is_off = left.times == 0 && offered.closed.iter().any(|days| days.from <= today && today <= days.to);
    if is_off {
        let services = visit.url(&with_query(super::services::PAGE, [("office", office.id.as_str())]));
        return view! {
            <div class="flow paper-line">
                <h2 class="sign-name">{title}</h2>
                <p class="untold">
                    {locale.say("今天停办了，不能加号。要加号，先", "Closed for today, so nothing can be added. First ")}
                    <a href=services>{locale.say("恢复办理", "open it again")}</a>
                    {locale.say("。", ".")}
                </p>
                {added}
            </div>
        }
        .into_any();
    }
    let is_typed = value(&told.typed, "of") == Some(&of);
    let typed = |name: &str| value(&told.typed, name).filter(|_| is_typed).unwrap_or_default().to_owned();
    let error = |name: &str| {
        let reason = told.errors.for_field(name).filter(|_| is_typed)?;
        Some(reason.sentence(locale))
    };
    let field = |name: &'static str, label: &str, (class, mode): (&'static str, &'static str)| {
        let (id, error, label) = (field_id(&of, name), error(name), label.to_owned());
        let (value, name) = (typed(name), name.to_owned());
        SmallField { id, name, label, value, kind: "text", mode: Some(mode), class, error }.draw(locale)
    };
    view! {
        <div class="flow paper-line">
            <h2 class="sign-name">{title.clone()}</h2>
            <p class=tone>{stands} {number}</p>
            {added}
            <form class="flow" method="post" action=action.clone() novalidate>
                <input type="hidden" name="of" value=of.clone() />
                <input type="hidden" name="press" value=server::keys::token::new_id() />
                <div class="paper-fields">
                    {field("places", locale.say("加几个号", "How many"), ("input input-short", "numeric"))}
                    {field("reason", locale.say("为什么（会记录下来）", "Why (it is recorded)"), ("input", "text"))}
                </div>
                <p class="acts">
                    <button class="act act-strong" name="do" value="add">
                        {locale.say("加号", "Add")}
                        <span class="hidden-visually">{format!(" {title}")}</span>
                    </button>
                </p>
            </form>
        </div>
    }
    .into_any()
}

/// What was added before, and the button that takes back what nobody has taken.
fn added(locale: Locale, action: &str, more: &More) -> AnyView {
    let More { places, taken, reason, .. } = more;
    let (time, free) = (clock(more.added_at), places - taken.min(places));
    let text = say!(
        locale,
        "{time} 加了 {places} 个，已取 {taken} 个：{reason}",
        "{time}: {places} added, {taken} taken: {reason}"
    );
    let back = (free > 0).then(|| {
        view! {
            <form method="post" action=action.to_owned()>
                <button class="act" name="do" value=format!("take-back:{}", more.slot.0)>
                    {say!(locale, "收回没取的 {free} 个", "Take back the {free} not taken")}
                    <span class="hidden-visually">{say!(locale, "（{time} 加的）", " (added {time})")}</span>
                </button>
            </form>
        }
    });
    view! {
        <div class="acts">
            <p>{text}</p>
            {back}
        </div>
    }
    .into_any()
}

fn name_of(locale: Locale, bookable: &BookableServices, offered: &Offered) -> String {
    let point = &offered.point;
    let pages = bookable.of(&point.service);
    let name = pages.map_or_else(|| point.service.name(), |pages| pages.words.name.say(locale));
    say!(locale, "{name}（{}）", "{name} ({})", point.place.name.say(locale))
}

/// What was added, as the day sheet says it; nothing where nothing was.
pub fn on_sheet(locale: Locale, sheet: &DaySheet) -> Option<AnyView> {
    let places: u32 = sheet.more.iter().map(|more| more.places).sum();
    let taken: u32 = sheet.more.iter().map(|more| more.taken).sum();
    let mut reasons: Vec<_> = sheet.more.iter().map(|more| more.reason.as_str()).collect();
    reasons.dedup();
    let reasons = reasons.join(locale.say("；", "; "));
    let text = say!(
        locale,
        "当天加号 {places} 个，已取 {taken} 个（{reasons}）",
        "{places} places added, {taken} taken ({reasons})"
    );
    (places > 0).then(|| view! { <p class="soft">{text}</p> }.into_any())
}

/// The id of a field of the form of one service.
fn field_id(of: &str, field: &str) -> String {
    format!("{field}.{}", of.replace('@', "."))
}
