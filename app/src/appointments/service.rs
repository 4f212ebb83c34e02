//! How a service shows itself to the pages of this engine: all that differs from one service to the next.

use axum::Extension;
use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        Bookable,
        attendees::{Attendees, Masked},
        booking::{Booked, Claimed, NotBooked, idempotency::RequestKey, view::BookingView},
    },
    client::Client,
    error::Error,
};
use shared::{
    appointments::question::Question,
    counter::{Ground, Outcome, Paper},
    field::{FieldErrors, FieldMessage},
    identity::Phone,
    locale::Locale,
    places::PlaceId,
    problem::Problem,
    say,
};

use super::{
    draft::Answers,
    step::{DetailsStep, Step},
    words::Words,
};
use crate::{
    components::summary::Row,
    pairs::Pairs,
    visit::Visit,
    words::{Text, capital},
};

/// The pages of one service, from choosing a time to looking after the booking.
pub struct BookingPages {
    pub bookable: &'static Bookable,
    /// The service's own page, such as `/museum`; `book` and `bookings` lie below it.
    pub root: &'static str,
    /// The page it begins at, where it brings none of its own.
    pub start: Option<Start>,
    pub words: Words,
    pub places: Places,
    pub form: Form,
    pub booking: BookingDisplay,
    pub at_counter: AtCounter,
}

/// What the counter says of the service: it knows none itself.
pub struct AtCounter {
    /// What came of a visit that was served to its end.
    pub done: Text,
    /// What the clerk looks at beside the people who are there; of whoever came without a booking nobody is known.
    pub look: fn(&Visit, Option<&Masked>) -> Option<AnyView>,
    /// On which grounds somebody is refused, as the law names them; none where nobody is.
    pub grounds: fn(Locale) -> Vec<(Ground, String)>,
    /// Papers that may be missing.
    pub papers: fn(Locale) -> Vec<(Paper, String)>,
    /// Those of them that these people may lack; none where it is not known.
    pub likely: fn(&Masked) -> Option<Vec<Paper>>,
    /// On what it rests that a paper is asked for; none of a paper that is another service's.
    pub asked: fn(Locale, &Paper) -> Option<Asked>,
    /// What those are owed who are refused.
    pub refusing: Option<Refusing>,
}

/// On what it rests that a paper is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An article of the law.
    Article(String),
    /// What the ministry says of its own rules, and no article.
    Explained(String),
    /// What this office asks for by itself.
    Practice,
}

impl Asked {
    fn words(self, locale: Locale) -> String {
        match self {
            Self::Article(article) => article,
            Self::Explained(source) => {
                say!(locale, "条例没有写，见{source}", "not in the regulations; see {source}")
            }
            Self::Practice => locale
                .say("本登记处的做法，条例没有写", "the practice of this registry; the regulations do not ask for it")
                .to_owned(),
        }
    }
}

/// What is said to whoever is refused, and written down for them.
pub struct Refusing {
    /// What a clerk explains.
    pub owed: Text,
    /// What stands at the head of the written reason.
    pub title: Text,
    /// The same for whoever was sent home for papers.
    pub lacking: Text,
    /// Where the law names the ground.
    pub article: fn(&Ground) -> Option<Text>,
}

impl AtCounter {
    /// A service that is simply given.
    pub const PLAIN: Self = Self {
        done: Text("已办理", "done"),
        look: |_, _| None,
        grounds: |_| Vec::new(),
        papers: |_| Vec::new(),
        likely: |_| None,
        asked: |_, _| None,
        refusing: None,
    };

    /// What the clerk looks at: nothing of a booking whose people were erased.
    pub fn beside(&self, visit: &Visit, people: Option<&Masked>, walk_in: bool) -> Option<AnyView> {
        if walk_in || people.is_some() { (self.look)(visit, people) } else { None }
    }

    /// What came of a visit, with every paper that was missing: for the page of the visit alone. On which ground somebody was
    /// refused stands on no screen: whoever looks over a clerk's shoulder may be the one who must not learn it.
    pub fn outcome(&self, locale: Locale, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Registered => self.done.say(locale).to_owned(),
            Outcome::Refused { .. } => locale.say("不予办理", "refused").to_owned(),
            unfinished if *unfinished == Outcome::as_told() => locale.say("没有办完", "not completed").to_owned(),
            Outcome::ToReturn { papers } => {
                let papers: Vec<_> =
                    papers.iter().map(|paper| self.paper(locale, paper).unwrap_or_else(|| paper.to_string())).collect();
                let papers = papers.join(locale.say("、", ", "));
                say!(locale, "补材料再来：{papers}", "to return with: {papers}")
            }
        }
    }

    /// What the counter calls a paper, where it knows it.
    pub fn paper(&self, locale: Locale, paper: &Paper) -> Option<String> {
        named(&(self.papers)(locale), paper)
    }

    /// The article that asks for a paper, where one does.
    pub fn article(&self, locale: Locale, paper: &Paper) -> Option<String> {
        match (self.asked)(locale, paper)? {
            Asked::Article(article) => Some(article),
            Asked::Explained(_) | Asked::Practice => None,
        }
    }

    /// A paper as whoever lacks it reads it: with what it rests on that it is asked for.
    pub fn with_asked(&self, locale: Locale, paper: &Paper, called: &str) -> String {
        match (self.asked)(locale, paper).map(|asked| asked.words(locale)) {
            Some(asked) => say!(locale, "{called}（{asked}）", "{called} ({asked})"),
            None => called.to_owned(),
        }
    }

    /// What the counter calls a ground of refusal, where it knows it.
    pub fn ground(&self, locale: Locale, ground: &Ground) -> Option<String> {
        named(&(self.grounds)(locale), ground)
    }
}

fn named<T: PartialEq>(known: &[(T, String)], wanted: &T) -> Option<String> {
    known.iter().find(|(name, _)| name == wanted).map(|(_, words)| words.clone())
}

/// What stands on the page that a service begins at.
pub struct Start {
    pub lead: Text,
    pub facts: &'static [Text],
}

/// What the row of a service's page hands to its handler.
pub type ServicePages = Extension<&'static BookingPages>;

/// Where the service is given.
pub struct Places {
    /// The name in a query that chooses a place.
    pub query: &'static str,
    /// Where some places do not serve everybody.
    pub narrowing: Option<Narrowing>,
}

impl Places {
    /// Places that serve everybody alike.
    pub const ALIKE: Self = Self { query: "place", narrowing: None };
}

/// What keeps some people to some of the places.
pub struct Narrowing {
    /// The name in a query that asks for the places which serve everybody.
    pub query: &'static str,
    /// Those places.
    pub places: for<'a> fn(&'a App) -> Serving<'a>,
    /// Above the list of all places, or above the list narrowed to those.
    pub above: fn(&Visit, narrowed: bool) -> AnyView,
    /// What sets a place apart: whether it serves everybody.
    pub tag: fn(&Visit, serves_all: bool) -> AnyView,
    /// Said of any other place, and answered when it is asked for all the same.
    pub unsuited: Text,
    pub refusal: fn() -> Problem,
    /// Whether what was typed speaks of people whom only those places serve.
    pub applies: fn(&Answers) -> bool,
    /// What stands in their way at any other place, and where else to go.
    pub obstacle: fn(&Visit) -> AnyView,
}

/// What comes of [`Narrowing::places`].
pub type Serving<'a> = BoxFuture<'a, Result<Vec<PlaceId>, Error>>;

/// What has to be filled in once a time is held.
pub struct Form {
    /// The questions that the engine asks, beside name and phone, of whoever books alone; a service that asks otherwise
    /// brings pages of its own.
    pub questions: Option<&'static [Question]>,
    /// The pages of questions, in order.
    pub steps: &'static [DetailsStep],
    /// What has to be filled in or put right before booking on the day that is held.
    pub missing: fn(&BookingPages, &Answers, today: NaiveDate, held: Option<NaiveDate>, Locale) -> Missing,
    /// All answers in full, with ways to change them.
    pub answers: fn(&Visit, &BookingPages, &Answers) -> AnyView,
    /// The phones that were given, each once, in order.
    pub contacts: fn(&Answers) -> Vec<Contact>,
    /// The field of the phone that is asked for first: one that was confirmed before the hold stands there already.
    pub first_phone: &'static str,
    /// Books the held time; each code's field is a [`Contact::field`].
    pub book:
        for<'a> fn(&'a App, &'a Client, &'a BookingPages, &'a Answers, Claimed, RequestKey, Locale) -> Booking<'a>,
    /// What to say of a refusal that only this service knows.
    pub refused: fn(&Visit, &Error) -> Option<AnyView>,
    pub at_office: AtOffice,
}

/// The form on one page, as the office fills it in for somebody who calls or stands there.
pub struct AtOffice {
    pub fields: fn(&Visit, &BookingPages, &Answers, &[FieldMessage]) -> AnyView,
    /// Those who come, or all that is wrong, each at its field.
    pub read: fn(&BookingPages, &Answers, today: NaiveDate) -> Read,
    /// Whose a field is, where more than one comes.
    pub whose: fn(Locale, field: &str) -> Option<&'static str>,
}

/// What comes of [`AtOffice::read`].
pub type Read = Result<Box<dyn Attendees>, FieldErrors>;

/// Sentences about what is missing or wrong, each with the step where that is put right.
pub type Missing = Vec<(Step, String)>;

/// What comes of [`Form::book`].
pub type Booking<'a> = BoxFuture<'a, Result<Booked, NotBooked>>;

/// A phone that is sent a code.
pub struct Contact {
    pub phone: Phone,
    /// The field in which its code is typed, and under which a draft keeps it.
    pub field: &'static str,
    /// Where the phone is changed.
    pub step: Step,
}

/// What is shown of a booking.
pub struct BookingDisplay {
    /// Those whom it is for, masked; on paper as well.
    pub people: fn(&BookingPages, &BookingView, Locale) -> Vec<Row>,
    pub people_on_paper: fn(&BookingPages, &BookingView, Locale) -> Vec<Row>,
    /// What to bring.
    pub bring: fn(&Visit, &BookingView) -> Option<AnyView>,
    /// Whether it may move only to places that serve everybody.
    pub narrowed: fn(&BookingView) -> bool,
}

impl BookingPages {
    /// What came of a visit, in words that stand in a list, or on the printed day. One paper that is somebody's own business takes
    /// the names of all: a list with a gap would name it too.
    pub fn listed_outcome(&self, locale: Locale, outcome: &Outcome) -> String {
        match outcome {
            Outcome::ToReturn { papers } if papers.iter().any(|paper| self.bookable.is_unnamed(paper)) => {
                locale.say("补材料再来", "to return with papers").to_owned()
            }
            outcome => self.at_counter.outcome(locale, outcome),
        }
    }

    /// A page below the service's own, without the language prefix: `bookings/code`.
    pub fn path(&self, page: &str) -> String {
        format!("{}/{page}", self.root)
    }

    /// The name in a query for which not every place suits.
    pub fn narrowed_by(&self) -> Option<&'static str> {
        self.places.narrowing.as_ref().map(|narrowing| narrowing.query)
    }

    /// The questions declared as data.
    pub fn questions(&self) -> &'static [Question] {
        self.form.questions.unwrap_or_default()
    }

    /// What a place is called at the head of a line.
    pub fn place_label(&self, locale: Locale) -> String {
        capital(self.words.place.say(locale))
    }

    /// The name of a place where there is little room.
    pub fn short_place<'a>(&self, name: &'a str, locale: Locale) -> &'a str {
        let short = name.strip_suffix(self.words.place_tail.say(locale));
        short.filter(|short| !short.is_empty()).unwrap_or(name)
    }

    /// Reads the codes that were typed into the draft.
    pub fn keep_codes(&self, answers: &mut Answers, typed: &Pairs) {
        for Contact { field, .. } in (self.form.contacts)(answers) {
            answers.set(field, crate::pairs::value(typed, field).unwrap_or_default());
        }
    }
}

impl std::fmt::Debug for BookingPages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BookingPages").field("service", &self.bookable.service).finish_non_exhaustive()
    }
}
