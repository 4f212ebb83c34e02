//! Who is asking, and how: the language, the reading mode and the session of one request.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
    response::Response,
};
use chrono::NaiveDate;
pub use server::client::cookie;
use server::{
    App,
    session::{Session, cookie_name},
    settings::{Contesting, Receivers, Services, Settings},
};
use shared::{locale::Locale, staff::Right};

use crate::cookies;

/// One request for a page, as far as every page cares.
#[derive(Clone)]
pub struct Visit {
    pub locale: Locale,
    /// Path without the language prefix, such as `/marriage/book`.
    pub path: String,
    pub query: Option<String>,
    pub mode: Mode,
    pub session: Option<Session>,
    /// The department that answers for the service whose page this is, where the settings name one.
    pub department: Option<Arc<str>>,
    /// What stands at the foot of the service's pages: words, and where they lead.
    pub help: Option<([&'static str; 2], &'static str)>,
    /// Whether the service is one that people come to in need.
    pub calm: bool,
    /// Who of the staff is signed in; only on pages that are for staff.
    pub at_work: Option<Arc<AtWork>>,
    pub portal: Arc<PortalFacts>,
}

/// Somebody of the staff, as far as every page of theirs cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtWork {
    pub account: String,
    /// What a form that was drawn for them says, so that nobody else sends it.
    pub mark: String,
    /// The day on which this was asked, which every form says too.
    pub today: NaiveDate,
    /// Seconds until the session is over, if nothing more is asked.
    pub seconds_left: i64,
    /// What they may do somewhere.
    pub rights: Vec<Right>,
    /// How much waits for them as a second person.
    pub to_confirm: usize,
}

/// Whom a page is for, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Residents,
    Staff,
    /// Screens that hang or stand in an office.
    Hall,
}

/// What the portal's settings put on every page.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that an operator turns")]
pub struct PortalFacts {
    /// Everything shown is made up, and the page says so.
    pub demo: bool,
    pub production: bool,
    /// Name of the bureau that answers for the portal.
    pub bureau: Option<String>,
    /// Its telephone number.
    pub bureau_phone: Option<String>,
    /// Where letters to it go.
    pub bureau_address: Option<String>,
    /// Where people complain of how they were served.
    pub supervision_phone: Option<String>,
    /// Who receives what the portal sends.
    pub receivers: Receivers,
    /// Where what the bureau decides is contested.
    pub contesting: Contesting,
    /// Filing number (备案号) of the site.
    pub record_number: Option<String>,
    /// Days within which what is said to be wrong with a place is answered, where the bureau says so.
    pub answer_days: Option<u32>,
    /// Days after its appointment's day for which the people of a booking are kept.
    pub keep_days: u32,
    /// Years after it for which its record is found by its reference.
    pub record_years: u32,
    /// Days after it was last saved for which a half-filled application is kept.
    pub draft_days: u32,
    /// Years after the end of an application for which what it says of people is kept, and by which rule.
    pub case_years: Option<u32>,
    pub case_years_by: Option<String>,
    /// Names, numbers and phones are compared elsewhere before a booking is confirmed.
    pub identity_check: bool,
    /// Browsers may keep pages of places for the time without a network.
    pub offline: bool,
    /// The services that it offers.
    pub services: Services,
}

/// How large the page is set: the resident's choice, kept in the cookie `elder`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    #[default]
    Standard,
    Elder(TextSize),
}

/// Body text of the elder mode, in CSS pixels at the browser's default size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextSize {
    #[default]
    Px22,
    Px26,
    Px30,
}

impl Visit {
    /// Reads a request whose language prefix has been taken off.
    pub fn read(locale: Locale, uri: &Uri, headers: &HeaderMap, portal: Arc<PortalFacts>) -> Self {
        let session = cookie(headers, cookie_name(portal.production)).and_then(Session::parse);
        Self {
            locale,
            // With two slashes at its start, a link to this page would lead to another host.
            path: format!("/{}", uri.path().trim_start_matches('/')),
            query: uri.query().map(str::to_owned),
            mode: Mode::of(headers, portal.production),
            session,
            department: None,
            help: None,
            calm: false,
            at_work: None,
            portal,
        }
    }

    /// Where a page of this portal lies in the language of this visit.
    pub fn url(&self, path: &str) -> String {
        url_in(self.locale, path)
    }

    /// This page with its query, in the given language.
    pub fn here_in(&self, locale: Locale) -> String {
        let path = url_in(locale, &self.path);
        match &self.query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        }
    }

    /// The browser's session, and whether it is new, so that the answer must carry it ([`keep_session`]).
    pub fn session_or_new(&self) -> (Session, bool) {
        self.session.clone().map_or_else(|| (Session::new(), true), |session| (session, false))
    }

    /// Whom the page is for.
    pub fn area(&self) -> Area {
        match self.path.split('/').nth(1) {
            Some("staff") => Area::Staff,
            Some("display" | "kiosk" | "screen") => Area::Hall,
            _ => Area::Residents,
        }
    }

    /// Picks the text of the visitor's language.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.locale.say(zh, en)
    }
}

/// Marks an answer that gives a browser without a session one before anything is pressed.
#[derive(Clone)]
pub struct WithSession;

/// A page whose press must be known as the same browser's, such as one that asks for a code or may be pressed twice.
#[must_use]
pub fn asks_with_session(mut page: Response) -> Response {
    page.extensions_mut().insert(WithSession);
    page
}

/// Gives the browser its session, for as long as the browser stays open.
#[must_use]
pub fn keep_session(mut response: Response, session: &Session, production: bool) -> Response {
    response.headers_mut().append(header::SET_COOKIE, session.cookie(production));
    response
}

fn url_in(locale: Locale, path: &str) -> String {
    match (locale, path) {
        (Locale::En, "/") => locale.prefix().to_owned(),
        _ => format!("{}{path}", locale.prefix()),
    }
}

impl Area {
    /// As the style sheets call it; nothing for residents.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Residents => None,
            Self::Staff => Some("staff"),
            Self::Hall => Some("hall"),
        }
    }
}

impl PortalFacts {
    pub fn of(settings: &Settings) -> Self {
        Self {
            demo: settings.demo,
            production: settings.production(),
            bureau: settings.bureau.clone(),
            bureau_phone: settings.bureau_phone.clone(),
            bureau_address: settings.bureau_address.clone(),
            supervision_phone: settings.supervision_phone.clone(),
            receivers: settings.receivers.clone(),
            contesting: settings.contesting.clone(),
            record_number: settings.record_number.clone(),
            answer_days: settings.answer_days,
            keep_days: settings.keep_days,
            record_years: settings.record_years,
            draft_days: settings.draft_days,
            case_years: settings.case_years,
            case_years_by: settings.case_years_by.clone(),
            identity_check: settings.identity_check.is_some(),
            offline: settings.offline,
            services: settings.services.clone(),
        }
    }
}

impl Mode {
    pub fn is_elder(self) -> bool {
        matches!(self, Self::Elder(_))
    }

    /// The choice that a browser sends along.
    pub fn of(headers: &HeaderMap, production: bool) -> Self {
        cookie(headers, cookies::ELDER.under(production)).map_or_else(Self::default, Self::from_cookie)
    }

    /// Reads a stored choice; anything unknown is the standard mode.
    pub fn from_cookie(value: &str) -> Self {
        TextSize::ALL.into_iter().find(|size| size.px() == value).map_or(Self::Standard, Self::Elder)
    }
}

impl TextSize {
    pub const ALL: [Self; 3] = [Self::Px22, Self::Px26, Self::Px30];

    pub fn px(self) -> &'static str {
        match self {
            Self::Px22 => "22",
            Self::Px26 => "26",
            Self::Px30 => "30",
        }
    }

    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Px22 => locale.say("大", "Large"),
            Self::Px26 => locale.say("更大", "Larger"),
            Self::Px30 => locale.say("特大", "Largest"),
        }
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    /// What the site's outermost layer read, once for the whole request.
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("every page lies below the layer that reads the visit"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn visit(locale: Locale, path_and_query: &str, cookies: &str) -> Visit {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookies.parse().unwrap());
        Visit::read(locale, &path_and_query.parse().unwrap(), &headers, Arc::default())
    }

    #[test]
    fn links_keep_the_language_and_switches_keep_the_query() {
        let visit = visit(Locale::En, "/marriage/book?month=2026-05", "");
        assert_eq!(visit.url("/marriage"), "/en/marriage");
        assert_eq!(visit.url("/"), "/en");
        assert_eq!(visit.here_in(Locale::Zh), "/marriage/book?month=2026-05");
        assert_eq!(visit.here_in(Locale::En), "/en/marriage/book?month=2026-05");
    }

    #[test]
    fn an_address_says_whom_its_page_is_for() {
        let area = |path| visit(Locale::En, path, "").area();
        assert_eq!(["/staff", "/staff/day?q=1", "/staff/no/such"].map(area), [Area::Staff; 3]);
        assert_eq!(["/display/x", "/kiosk/x", "/screen/code"].map(area), [Area::Hall; 3]);
        assert_eq!(["/", "/staffing", "/marriage/staff"].map(area), [Area::Residents; 3]);
    }

    #[test]
    fn the_reading_mode_comes_from_its_cookie_among_others() {
        let mode = |cookies| visit(Locale::Zh, "/", cookies).mode;
        assert_eq!(mode("a=1; elder=26; b=2"), Mode::Elder(TextSize::Px26));
        assert_eq!(mode("elder=99"), Mode::Standard);
        assert_eq!(mode("elderly=26"), Mode::Standard);
        assert_eq!(mode(""), Mode::Standard);
    }

    #[test]
    fn the_session_is_read_under_the_plain_name_on_a_loopback_server() {
        let session = Session::new();
        let visit = visit(Locale::Zh, "/", &format!("__Host-session=other; session={}", session.reveal()));
        assert!(visit.session == Some(session));
    }

    #[test]
    fn a_cookie_that_is_none_of_ours_is_no_session() {
        for cookie in ["session=", "session=abc", "session=\"; drop"] {
            let visit = visit(Locale::Zh, "/", cookie);
            assert!(visit.session.is_none() && visit.session_or_new().1, "{cookie}");
        }
    }

    #[test]
    fn a_session_is_out_of_reach_of_scripts_and_bound_to_https_in_production() {
        let session = Session::new();
        let set = |production| {
            let response = keep_session(Response::default(), &session, production);
            response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned()
        };
        let value = session.reveal();
        assert_eq!(set(false), format!("session={value}; HttpOnly; SameSite=Lax; Path=/"));
        assert_eq!(set(true), format!("__Host-session={value}; HttpOnly; SameSite=Lax; Secure; Path=/"));
        assert!(set(true).starts_with(cookie_name(true)), "it is read under the name it is given");
    }
}
