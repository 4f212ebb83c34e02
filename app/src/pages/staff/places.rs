//! `/staff/places`: the places of an office, and a form for a further one. Nobody who looks for a place is shown it before it
//! offers something.

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    counter::{
        further::{self, Listed},
        office::Office,
    },
    staff::authority::Staff,
};
use shared::{
    field::FieldMessage,
    locale::Locale,
    places::{Datum, PlaceId, further::Draft},
    problem::Problem,
    say,
    staff::{OfficeId, Right},
};

use super::{
    day::seen,
    office::services::{self, described_as},
    proof::{Proof, prove},
};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        choice::{Choice, ChoiceOption},
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, address as with_query, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/places";

/// This page of one office, without the language prefix.
pub fn address(office: &OfficeId) -> String {
    with_query(PAGE, [("office", office.as_str())])
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (office, offices) = seen::asked_for(&app, &staff, Right::AddPlaces, &asked).await?;
    let done = value(&asked, "done").and_then(Done::read);
    let places = further::list(&app, &staff, &office.id, app.now()).await?;
    Ok(draw(&visit, &staff, (&office, &offices), &places, (done, Vec::new(), Vec::new())))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    (client, headers): (Client, HeaderMap),
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let (office, offices) = seen::asked_for(&app, &staff, Right::AddPlaces, &asked).await?;
    // What is said of a place stands under the bureau's name: it asks who is there, once it is right.
    if value(&typed, "withdraw").is_none() && read(&typed).read().is_ok() {
        let what = visit.say("确认，并新增这个地点", "Confirm and add this place");
        return match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
            Proof::Asked(page) => Ok(page),
            Proof::Given(given) => {
                let page = pressed(&app, &visit, &given.staff, (&office, &offices), typed).await;
                Ok(given.answer(page))
            }
        };
    }
    Ok(pressed(&app, &visit, &staff, (&office, &offices), typed).await?)
}

async fn pressed(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (office, offices): (&Office, &[Office]),
    typed: Pairs,
) -> Result<Response, Error> {
    match take(app, staff, office, &typed).await {
        Ok(done) => {
            let there = with_query(PAGE, [("office", office.id.as_str()), ("done", done.name())]);
            Ok(Redirect::to(&visit.url(&there)).into_response())
        }
        Err(error) => match error.into_problem() {
            Problem::Fields(errors) => {
                let places = further::list(app, staff, &office.id, app.now()).await?;
                let told = (None, errors.messages(visit.locale), typed);
                Ok(draw(visit, staff, (office, offices), &places, told))
            }
            problem => Err(problem.into()),
        },
    }
}

/// What was just done.
#[derive(Clone, Copy)]
enum Done {
    Added,
    Withdrawn,
}

impl Done {
    fn read(name: &str) -> Option<Self> {
        [Self::Added, Self::Withdrawn].into_iter().find(|done| done.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A new place, or the one that `withdraw` names is taken out.
async fn take(app: &App, staff: &Staff, office: &Office, typed: &Pairs) -> Result<Done, Error> {
    if let Some(place) = value(typed, "withdraw") {
        let place = PlaceId::parse(place).map_err(|_| Problem::NotFound)?;
        further::withdraw(app, staff, &office.id, &place, app.now()).await?;
        return Ok(Done::Withdrawn);
    }
    let place = read(typed).read()?;
    further::add(app, staff, &office.id, place, app.now()).await?;
    Ok(Done::Added)
}

fn read(typed: &Pairs) -> Draft {
    let text = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    Draft { said: described_as(typed), latitude: text("latitude"), longitude: text("longitude"), datum: text("datum") }
}

fn draw(
    visit: &Visit,
    staff: &Staff,
    (office, offices): (&Office, &[Office]),
    places: &[Listed],
    (done, messages, typed): (Option<Done>, Vec<FieldMessage>, Pairs),
) -> Response {
    let locale = visit.locale;
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = say!(locale, "{}：地点", "{}: places", office.name.say(locale));
    let action = visit.url(&address(&office.id));
    let chooser = seen::choose(locale, offices, &office.id, |office| visit.url(&address(office)));
    let done = done.map(|done| match done {
        Done::Withdrawn => {
            view! { <Notice tone=Tone::Success live=true focus=true title=locale.say("已经撤掉", "The place was taken out") /> }
                .into_any()
        }
        Done::Added => view! {
            <Notice tone=Tone::Success live=true focus=true title=locale.say("已经新增", "The place was added")>
                <p>
                    {locale.say(
                        "大家还看不到它。接下来由大厅负责人在“地点、服务与叫号”里给它开一项服务，填好办理时间。",
                        "Nobody sees it yet. Next the office manager offers a service there and sets its hours, under “Places, \
                         services and calling”.",
                    )}
                </p>
            </Notice>
        }
        .into_any(),
    });
    // Whoever may say another thing of a place does so where it is offered; of one that nobody has used, whoever added it takes it
    // out and adds it anew.
    let manages = staff.may(Right::ManageOffice, &office.whereabouts).is_ok();
    let change = |name: &str| {
        let href = visit.url(&format!("{}#places", with_query(services::PAGE, [("office", office.id.as_str())])));
        let hidden = format!(" {name}");
        manages.then(|| {
            view! { <a class="act" href=href>{locale.say("修改", "Change")}<span class="hidden-visually">{hidden}</span></a> }
        })
    };
    let rows = places.iter().map(|place| {
        let Listed { id, said, is_unused } = place;
        let facts = [said.address.say(locale), &said.phone].join(" · ");
        let name = said.name.say(locale).to_owned();
        let withdraw = is_unused.then(|| {
            view! {
                <form class="acts" method="post" action=action.clone()>
                    <button class="act act-taking" name="withdraw" value=id.to_string()>
                        {locale.say("撤掉，没有人用过", "Take it out: nothing needs it")}
                        <span class="hidden-visually">{format!(" {name}")}</span>
                    </button>
                </form>
            }
        });
        view! {
            <li class="sign-row">
                <div>
                    <p class="sign-name">{name.clone()}</p>
                    <p>{facts}</p>
                </div>
                <div class="acts">{change(&name)} {withdraw}</div>
            </li>
        }
    });
    let rows = rows.collect_view();
    let form = form(locale, &action, &messages, &typed);
    // Whoever comes here from the menu has no page before it.
    let back = manages.then(|| {
        let href = visit.url(&with_query(services::PAGE, [("office", office.id.as_str())]));
        view! { <BackLink href=href text=locale.say("地点、服务与叫号", "Places, services and calling") /> }
    });
    draw::staff(visit, status, &title, || {
        view! {
            <div class="flow">
                {back}
                <ErrorSummary locale=locale messages=messages.clone() />
                {done}
                <h1>{title.clone()}</h1>
                {chooser}
                <div class="two-parts">
                    <section class="flow" id="place" tabindex="-1">
                        <h2>{locale.say("现有的地点", "The places there are")}</h2>
                        <ul class="sign-rows" role="list">{rows}</ul>
                    </section>
                    {form}
                </div>
            </div>
        }
    })
}

fn form(locale: Locale, action: &str, messages: &[FieldMessage], typed: &Pairs) -> AnyView {
    let text = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    let field = |name: &'static str, zh: &'static str, en: &'static str| {
        view! {
            <TextField
                locale=locale
                name=name
                label=locale.say(zh, en)
                value=text(name)
                error=message_at(messages, name)
                autocomplete="off"
            />
        }
    };
    let datums = [
        (Datum::Gcj02, locale.say("高德、腾讯地图", "Amap or Tencent Maps")),
        (Datum::Bd09, locale.say("百度地图", "Baidu Maps")),
        (Datum::Cgcs2000, locale.say("天地图、测绘成果", "Tianditu or a survey")),
        (Datum::Wgs84, locale.say("GPS 设备", "a GPS device")),
    ];
    let datums: Vec<_> = datums.into_iter().map(|(datum, words)| ChoiceOption::new(datum.name(), words)).collect();
    let chosen = Some(text("datum")).filter(|datum| !datum.is_empty());
    let has_point = messages.iter().any(|message| ["latitude", "longitude", "datum"].contains(&message.field.as_str()));
    view! {
        <section class="flow">
            <h2>{locale.say("新增地点", "Add a place")}</h2>
            <p class="soft">
                {locale.say("没有写“可以不写”“可以不填”的，都要填。", "Whatever is not marked as optional is needed.")}
            </p>
            <form class="flow" method="post" action=action.to_owned() novalidate>
                {field("name_zh", "名称", "Name in Chinese")}
                {field("name_en", "英文名称", "Name in English")}
                {field("address_zh", "地址", "Address in Chinese")}
                {field("address_en", "英文地址", "Address in English")}
                {field("phone", "电话", "Phone")}
                {field("directions_zh", "怎么走（可以不写）", "Directions in Chinese (optional)")}
                {field("directions_en", "英文怎么走（可以不写）", "Directions in English (optional)")}
                <details class="ask" open=has_point>
                    <summary>{locale.say("填经纬度（可以不填）…", "Coordinates (optional)…")}</summary>
                    <div class="ask-body">
                        {field("latitude", "纬度，例如 22.533012", "Latitude, such as 22.533012")}
                        {field("longitude", "经度，例如 113.930000", "Longitude, such as 113.930000")}
                        <Choice
                            locale=locale
                            name="datum"
                            legend=locale.say("从哪里看来的", "Where they are from")
                            answers=datums
                            chosen=chosen.unwrap_or_else(|| Datum::Gcj02.name().to_owned())
                            error=message_at(messages, "datum")
                        />
                    </div>
                </details>
                <p class="actions">
                    <Button text=locale.say("新增这个地点", "Add this place") />
                </p>
            </form>
        </section>
    }
    .into_any()
}
