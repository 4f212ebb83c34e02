//! Everything that one look at the day sheet is drawn from.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    counter::{
        counters::{Counter, There},
        day::{
            self, DaySheet, Row, last,
            out_of_order::{self, OutOfOrder},
            own_hours::{self, OwnHours},
            shut::{self, Shut},
            standing_out::{self, StandingOut},
            unfinished::{self, Unfinished},
        },
        more,
        office::{self, Office},
        untold,
    },
    staff::authority::Staff,
};
use shared::{
    appointments::Service,
    calendar::shanghai_date,
    counter::{CounterId, StateName, VisitId, VisitState},
    field::FieldMessage,
    locale::Locale,
    places::PlaceId,
    problem::Problem,
    say,
    staff::{OfficeId, Refusal, Right},
};

use super::{
    act::new_press,
    asked::{Asked, Show},
    elsewhere::{self, Named},
};
use crate::{
    appointments::service::BookingPages,
    pages::kiosk::services_of,
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

/// A look at the day of an office.
pub struct Seen<'a> {
    pub visit: &'a Visit,
    pub asked: &'a Asked,
    pub staff: &'a Staff,
    pub services: &'a BookableServices,
    pub now: DateTime<Utc>,
    pub office: Office,
    /// The offices whose day this person may see.
    pub offices: Vec<Office>,
    pub date: NaiveDate,
    pub sheet: DaySheet,
    /// What is switched off on the day.
    pub shut: Vec<Shut>,
    /// What has hours of its own on the day.
    pub own_hours: Vec<OwnHours>,
    /// Who was called before their turn, for whoever answers for the office.
    pub out_of_order: Vec<OutOfOrder>,
    /// What else stands out, for the same.
    pub standing_out: StandingOut,
    /// Services that today has a ticket left of.
    pub with_tickets: Vec<Service>,
    pub may: May,
    /// What was not chosen, or said in a way that cannot be kept, with the last press.
    pub wrong: Vec<FieldMessage>,
    /// The reference that was typed last, where nobody could be checked in by it.
    pub reference: String,
    /// What can be had at this office.
    pub here: Vec<&'static BookingPages>,
    /// Every service at every place.
    pub elsewhere: Vec<Named>,
    /// What makes each press of a button on this page one press.
    pub press: String,
    /// The visit of their own last step, where the address names none.
    pub last: Option<VisitId>,
    /// Messages that did not arrive, of which nobody has told people otherwise.
    pub untold: usize,
    /// Days before today of which somebody was left waiting or set aside.
    pub unfinished: Vec<Unfinished>,
}

/// What this person may do here.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "rights that hang on nothing but their own roles")]
pub struct May {
    pub work: bool,
    pub book: bool,
    pub call_out_of_order: bool,
    /// What is over, for a reason.
    pub correct: bool,
    pub manage: bool,
}

impl<'a> Seen<'a> {
    /// # Errors
    /// [`Refusal::NotAllowed`] for whoever may see no day, [`Problem::NotFound`] for an office that is none of theirs.
    pub async fn load(
        app: &App,
        visit: &'a Visit,
        asked: &'a Asked,
        staff: &'a Staff,
        services: &'a BookableServices,
    ) -> Result<Self, Error> {
        let now = app.now();
        let offices = offices(app, staff, Right::SeeDay).await?;
        let office = chosen((staff, &offices), asked.office.as_ref())?.clone();
        let date = asked.date.unwrap_or_else(|| shanghai_date(now));
        let sheet = day::seen_by(app, staff, &office.id, date, now).await?;
        let shut = shut::on(app, &office.id, date).await?;
        let own_hours = own_hours::on(app, &office.id, date).await?;
        let may = |right| staff.may(right, &office.whereabouts).is_ok();
        let may = May {
            work: may(Right::WorkAtCounter),
            book: may(Right::BookForPeople),
            call_out_of_order: may(Right::CallOutOfOrder),
            correct: may(Right::CorrectClosedDay),
            manage: may(Right::ManageOffice),
        };
        let press = new_press();
        let here = services_of(app, services, &office).await?;
        let elsewhere = elsewhere::load(app, visit.locale, services, (&office, now)).await?;
        let (out_of_order, standing_out) = if may.manage {
            (out_of_order::on(app, &office.id, date).await?, standing_out::on(app, &office.id, date).await?)
        } else {
            (Vec::new(), StandingOut::default())
        };
        let is_today = date == shanghai_date(now);
        let with_tickets =
            if may.work && is_today { more::with_tickets(app, &office.id, now).await? } else { Vec::new() };
        let unfinished =
            if may.work && is_today { unfinished::before(app, &office.id, date).await? } else { Vec::new() };
        let untold = if may.work { untold::count(app, &office.id, now).await? } else { 0 };
        let last = match asked.did {
            None if may.work => last::of(app, staff, (&office.id, date), now).await?,
            _ => None,
        };
        Ok(Self {
            visit,
            asked,
            staff,
            services,
            now,
            office,
            offices,
            date,
            sheet,
            shut,
            own_hours,
            out_of_order,
            standing_out,
            with_tickets,
            may,
            wrong: Vec::new(),
            reference: String::new(),
            here,
            elsewhere,
            press,
            last,
            untold,
            unfinished,
        })
    }

    pub fn locale(&self) -> Locale {
        self.visit.locale
    }

    /// Whether the day is the one that it is now.
    pub fn is_today(&self) -> bool {
        self.date == shanghai_date(self.now)
    }

    /// Which visits are listed: of another day nothing is now.
    pub fn show(&self) -> Show {
        match self.asked.show {
            Show::Now if !self.is_today() => Show::All,
            show => show,
        }
    }

    /// What a list is called: who is booked for another day is not awaited yet, and whoever has not come by its end is no more.
    pub fn list_words(&self, show: Show) -> &'static str {
        let locale = self.locale();
        match show {
            Show::Booked if self.is_to_come() => locale.say("已预约", "Booked"),
            Show::Booked if self.is_past() => locale.say("没有到", "Did not come"),
            show => show.words(locale),
        }
    }

    /// Whether the day has not begun.
    pub fn is_to_come(&self) -> bool {
        self.date > shanghai_date(self.now)
    }

    /// Whether nobody comes any more.
    pub fn is_past(&self) -> bool {
        self.date < shanghai_date(self.now) || self.sheet.counts_as_closed
    }

    /// The counter where this person sits.
    pub fn mine(&self) -> Option<&Counter> {
        self.sheet.counters.iter().find(|counter| counter.clerk.as_ref() == Some(self.staff.person()))
    }

    /// Whom my counter has, as they stand on this sheet; nobody where they came on another day.
    pub fn at_mine(&self) -> Option<&Row> {
        self.row(&self.mine()?.visit.as_ref()?.id)
    }

    /// Who is still at a counter from another day than this one, which is where they are dealt with.
    pub fn left_over<'b>(&self, counter: &'b Counter) -> Option<&'b There> {
        counter.visit.as_ref().filter(|there| there.date != self.date)
    }

    pub fn counter(&self, id: CounterId) -> Option<&Counter> {
        self.sheet.counters.iter().find(|counter| counter.id == id)
    }

    pub fn row(&self, id: &VisitId) -> Option<&Row> {
        self.sheet.visits.iter().chain(&self.sheet.given_back).find(|row| row.id == *id)
    }

    /// Whether the day was ended before the time that they booked had come.
    pub fn ended_before(&self, row: &Row) -> bool {
        row.state.kind() == StateName::Booked && self.sheet.closed.is_some_and(|closed| closed < row.starts_at)
    }

    /// The visits of a list.
    pub fn listed(&self, show: Show) -> impl Iterator<Item = &Row> {
        let is_there = move |row: &&Row| show.has(row.state.kind()) && (row.outside || show != Show::Outside);
        self.sheet.visits.iter().filter(is_there)
    }

    /// The field that was wrong, where the form that asks for it stands at my counter: it is said there.
    pub fn wrong_at_form(&self) -> Option<&str> {
        let wrong = self.wrong.first().map(|wrong| wrong.field.as_str())?;
        let row = self.at_mine()?;
        let is_there = self.asked.did.as_ref() == Some(&row.id) && row.state.kind() == StateName::Serving;
        (is_there && matches!(wrong, "ground" | "papers")).then_some(wrong)
    }

    /// Whether the last press was of a row, and neither calls nor lets go of anybody: the work goes on from what it did.
    pub fn goes_on_from_row(&self) -> bool {
        let Some(did) = self.asked.did.as_ref().filter(|_| self.asked.row || self.asked.said.is_none()) else {
            return false;
        };
        self.mine().is_none_or(|mine| {
            mine.visit.is_none() || self.row(did).is_none_or(|row| row.state.counter() != Some(mine.id))
        })
    }

    /// Whether the last press let somebody go: served, away, set aside or handed over.
    pub fn has_let_go(&self) -> bool {
        let row = self.asked.did.as_ref().filter(|_| self.asked.said.is_none()).and_then(|id| self.row(id));
        row.is_some_and(|row| match row.state {
            VisitState::Arrived { waits_for, .. } => waits_for.is_some(),
            VisitState::Parked { .. } => true,
            _ => row.state.is_over(),
        })
    }

    /// Whether nothing that this office does is open for the rest of today.
    pub fn all_is_shut(&self) -> bool {
        let is_shut = |named: &Named| {
            let of_it = |shut: &&Shut| shut.place == named.there.place && shut.service == named.there.service;
            self.shut.iter().filter(of_it).any(|shut| shut.is_over_at(self.now))
        };
        let mut here = self.elsewhere.iter().filter(|named| named.is_here && named.is_open).peekable();
        here.peek().is_some() && here.all(is_shut)
    }

    /// What a service at a place is called; nothing for one that is none.
    pub fn name_of(&self, place: &PlaceId, service: &Service) -> &str {
        elsewhere::find(&self.elsewhere, place, service).map(|named| named.words.as_str()).unwrap_or_default()
    }

    /// A counter as a sentence has it: `3 号窗口`.
    pub fn sign(&self, id: CounterId) -> String {
        self.counter(id).map_or_else(|| id.to_string(), |counter| sign_of(self.locale(), counter))
    }

    pub fn service(&self, service: &Service) -> Option<&'static BookingPages> {
        self.services.of(service)
    }

    /// Where the forms of this page go.
    pub fn itself(&self) -> String {
        self.visit.url(&Asked { office: Some(self.office.id.clone()), ..self.asked.afresh() }.path())
    }

    /// The same list, asked for in another way.
    pub fn way(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = Asked { office: Some(self.office.id.clone()), ..self.asked.afresh() };
        change(&mut asked);
        self.visit.url(&asked.path())
    }
}

/// What follows words within a sentence, with the space that stands between Chinese and other letters.
pub fn beside_words(text: &str) -> String {
    let is_close = text.starts_with(|first: char| !first.is_ascii());
    if is_close { text.to_owned() } else { format!(" {text}") }
}

/// A counter by its sign, as it stands within a sentence.
pub fn sign_of(locale: Locale, counter: &Counter) -> String {
    say!(locale, "{} 号窗口", "counter {}", counter.name)
}

/// The offices where somebody has a right.
pub async fn offices(app: &App, staff: &Staff, right: Right) -> Result<Vec<Office>, Error> {
    let all = office::list(app).await?;
    let theirs: Vec<_> = all.into_iter().filter(|office| staff.may(right, &office.whereabouts).is_ok()).collect();
    if theirs.is_empty() { Err(Refusal::NotAllowed.into()) } else { Ok(theirs) }
}

/// The one that is asked for, or the first.
///
/// # Errors
/// [`Problem::NotFound`] for an office that is none of them, whether there is one or not.
pub fn chosen<'a>((staff, offices): (&Staff, &'a [Office]), asked: Option<&OfficeId>) -> Result<&'a Office, Problem> {
    let office = offices.iter().find(|office| asked.is_none_or(|asked| office.id == *asked));
    office.ok_or_else(|| staff.sees_nothing())
}

/// The office that a query asks for, or the first where somebody has a right, among all of those.
///
/// # Errors
/// As [`offices`] and [`chosen`].
pub async fn asked_for(app: &App, staff: &Staff, right: Right, asked: &Pairs) -> Result<(Office, Vec<Office>), Error> {
    let offices = offices(app, staff, right).await?;
    let asked = value(asked, "office").and_then(|id| OfficeId::parse(id).ok());
    let office = chosen((staff, &offices), asked.as_ref())?.clone();
    Ok((office, offices))
}

/// A choice of offices, where there are several; `there` is where each is looked at.
pub fn choose(
    locale: Locale,
    offices: &[Office],
    current: &OfficeId,
    there: impl Fn(&OfficeId) -> String,
) -> Option<AnyView> {
    if offices.len() < 2 {
        return None;
    }
    let ways = offices.iter().map(|office| {
        let current = (office.id == *current).then_some("true");
        view! { <li><a href=there(&office.id) aria-current=current>{office.name.say(locale).to_owned()}</a></li> }
    });
    let ways = ways.collect_view();
    Some(
        view! {
            <nav aria-label=locale.say("大厅", "Offices")>
                <ul class="states" role="list">{ways}</ul>
            </nav>
        }
        .into_any(),
    )
}
