//! What a couple has in hand while booking: the time held for them, and what they have typed so far.

use axum::{
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        hold::{self, Hold},
        record::Record,
        registry::Registry,
    },
    error::Error,
    marriage::{
        draft::{self, Draft},
        idempotency::RequestKey,
    },
    session::Session,
};
use shared::{appointments::HoldId, calendar::shanghai_date, marriage::PartyKind};

use crate::{
    components::{
        hold_notice::hold_notice_above,
        notice::{Notice, Tone},
    },
    layout::Switch,
    pages::preferences::turned,
    visit::{Visit, keep_session},
    words,
};

pub struct BookingForm {
    pub held: Option<Held>,
    pub draft: Draft,
    pub now: DateTime<Utc>,
    session: Session,
    /// The browser does not have the session yet, so the answer must carry it.
    new: bool,
}

/// The time last held for this browser.
pub struct Held {
    pub record: Record,
    pub hold: Hold,
    pub registry: Registry,
}

/// Id of the form that the buttons of the hold notice send.
pub const FORM: &str = "answers";

impl BookingForm {
    pub async fn open(app: &App, visit: &Visit) -> Result<Self, Error> {
        let now = app.now();
        let (session, new) = visit.session_or_new();
        if new {
            return Ok(Self { held: None, draft: Draft::default(), now, session, new });
        }
        let held = match hold::of_session(app, &session, now).await? {
            Some((record, hold)) => {
                let registry = app.registry(&record.registry).await?;
                Some(Held { record, hold, registry })
            }
            None => None,
        };
        let draft = draft::load(app, &session, now).await?;
        Ok(Self { held, draft, now, session, new })
    }

    /// Keeps the draft for as long as the hold runs.
    pub async fn save(&mut self, app: &App) -> Result<(), Error> {
        if let Some(held) = &self.held {
            self.draft.held_until = Some(held.hold.expires_at);
        }
        let until = self.held.as_ref().map_or(self.now, |held| held.hold.expires_at);
        draft::save(app, &self.session, &self.draft, until).await
    }

    /// What makes a second press of the last button the same request, for this browser and this hold.
    pub fn request_key(&self, app: &App, hold: &HoldId) -> Result<RequestKey, Error> {
        let session = self.session.fingerprint(app.keys());
        Ok(RequestKey::new(app.keys(), &format!("page:{session}:{hold}"), hold.as_str().as_bytes())?)
    }

    /// Goes to another page; gives the browser its session where it has none.
    pub fn go(&self, app: &App, visit: &Visit, path: &str) -> Response {
        self.with_session(app, Redirect::to(&visit.url(path)).into_response())
    }

    pub fn with_session(&self, app: &App, response: Response) -> Response {
        if self.new { keep_session(response, &self.session, app.settings().production()) } else { response }
    }

    /// Does what a button of the hold notice or a switch of the bar asks for, keeping the draft; a form's own buttons
    /// are left to it.
    pub async fn act(&mut self, app: &App, visit: &Visit, action: &str) -> Result<Option<Response>, Error> {
        let (locale, switch) = (visit.locale, Switch::read(action));
        if switch.is_none() && !matches!(action, "extend" | "release") {
            return Ok(None);
        }
        self.save(app).await?;
        if let Some(switch) = switch {
            let page = match switch {
                Switch::Language(other) => Redirect::to(&visit.here_in(other)).into_response(),
                Switch::Mode(mode) => turned(mode, visit.here_in(locale), app.settings().production()),
            };
            return Ok(Some(self.with_session(app, page)));
        }
        let done = match &self.held {
            Some(held) if action == "extend" => {
                let extended = hold::extend(app, &held.hold.id, held.hold.token.reveal(), self.now).await;
                extended.map(|hold| Some(hold.expires_at))
            }
            Some(held) => hold::release(app, &held.hold.id, held.hold.token.reveal(), self.now).await.map(|()| None),
            None => Ok(None),
        };
        match done {
            Ok(until) => {
                // A time given up has not run out, so nobody is told that it did.
                self.draft.held_until = until;
                draft::save(app, &self.session, &self.draft, until.unwrap_or(self.now)).await?;
            }
            // Ended or used up meanwhile: the page one comes back to says so.
            Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
        if action == "release" {
            return Ok(Some(self.go(app, visit, "/marriage/book")));
        }
        let here = [(header::LOCATION, visit.here_in(locale))];
        Ok(Some(self.with_session(app, (axum::http::StatusCode::SEE_OTHER, here).into_response())))
    }

    /// Whether the couple will be asked for codes to their phones; assumed as long as no registry is chosen.
    pub fn asks_for_codes(&self, app: &App) -> bool {
        app.settings().phone_codes && self.held.as_ref().is_none_or(|held| held.registry.phone_codes)
    }

    /// Whether the time that was held for them has run out.
    pub fn has_expired(&self) -> bool {
        self.held.is_none() && self.draft.held_until.is_some_and(|until| until <= self.now)
    }

    /// Whether one of them is from outside the mainland and the chosen registry may not register them.
    pub fn lacks_authority(&self) -> bool {
        let foreign = |kind: &str| PartyKind::from_wire(kind).is_some_and(|kind| kind != PartyKind::Mainland);
        self.held.as_ref().is_some_and(|held| !held.registry.foreign_related)
            && self.draft.parties.iter().any(|party| foreign(&party.kind))
    }

    /// The civil day of the held time.
    pub fn day(&self) -> Option<chrono::NaiveDate> {
        self.held.as_ref().map(|held| shanghai_date(held.record.starts_at))
    }
}

/// The held time with its notice, or what to know when there is none. Its buttons send the form [`FORM`].
pub fn held_time(visit: &Visit, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let Some(held) = &form.held else { return no_time(visit, form) };
    let when = words::moment(locale, held.record.starts_at);
    let place = held.registry.name.say(locale).to_owned();
    let time = view! {
        <p class="held-time">
            <span>{when}</span>
            " "
            <span>{place}</span>
        </p>
    };
    holding(visit, form, held, Some(time.into_any()))
}

/// [`held_time`] without the time, for a page that shows it elsewhere.
pub fn held_notice(visit: &Visit, form: &BookingForm) -> AnyView {
    match &form.held {
        Some(held) => holding(visit, form, held, None),
        None => no_time(visit, form),
    }
}

fn holding(visit: &Visit, form: &BookingForm, held: &Held, time: Option<AnyView>) -> AnyView {
    let authority = form.lacks_authority().then(|| no_authority(visit));
    view! {
        <div class="holding">
            {time}
            {hold_notice_above(visit, &held.hold, form.now, FORM)}
            {authority}
        </div>
    }
    .into_any()
}

fn no_time(visit: &Visit, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let choose = visit.url("/marriage/book");
    if form.has_expired() {
        return view! {
            <Notice tone=Tone::Warning title=locale.say("为您保留的时间已经到了", "The time we held for you has run out")>
                <p>
                    {locale.say("您填写的内容还在。", "What you filled in is still here. ")}
                    <a href=choose>{locale.say("请重新选一个时间", "Please choose a time again")}</a>
                    {locale.say("。", ".")}
                </p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <p class="soft">
            {locale.say("还没有选时间，先填写也可以。想先定时间，", "No time is chosen yet; you can fill this in first, or ")}
            <a href=choose>{locale.say("去选时间", "choose a time now")}</a>
            {locale.say("。", ".")}
        </p>
    }
    .into_any()
}

/// Told as soon as it is known; the way on is another registry.
pub fn no_authority(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let choose = visit.url("/marriage/book?foreign=1");
    let title = locale.say("这个登记处不能为您二位登记", "This registry cannot register the two of you");
    view! {
        <Notice tone=Tone::Warning title=title>
            <p>
                {locale.say(
                    "有一方不是内地居民的，要到有涉外权限的婚姻登记处办理。您填写的内容会保留。",
                    "If one of you is not a mainland resident, only registries with the authority for it can register \
                     you. What you filled in is kept. ",
                )}
                <a href=choose>
                    {locale.say("换一个登记处", "Choose another registry")}
                </a>
            </p>
        </Notice>
    }
    .into_any()
}
