//! What an operator does at the command line until it has a screen.

mod administrators;

use std::{fmt::Write as _, io::Write as _};

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use server::{
    App,
    appointments::{
        Bookable,
        booking::{
            release::{Ending, Telling},
            search,
        },
        closure::{self, Affected, ClosureError, Effect, Kind, Made, Seen, SlotChange},
        point,
    },
    audit::Actor,
    counter::{offered, releasing},
    settings::Settings,
};
use shared::{
    appointments::{BookingReference, Refusal, Service, day::NO_REASON},
    calendar::shanghai,
    locale::Locale,
    localised::Localised,
    places::PlaceId,
    plain_words::PlainWords,
};

use super::{Failure, Said};

#[derive(Subcommand)]
pub enum Admin {
    /// List the places of every service.
    Places,
    /// Turn the codes to phones on or off for a service at a place.
    PhoneCodes {
        #[command(flatten)]
        at: At,
        #[arg(value_enum)]
        switch: Switch,
    },
    /// Close days; shows first what that does to those already booked.
    Close(Days),
    /// Change the places of each slot; shows first what that does to those already booked.
    Capacity {
        #[command(flatten)]
        days: Days,
        /// Places of each slot from now on.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        places: u32,
    },
    /// Say which booking names somebody who shows a document; its number is read from standard input, and looking is
    /// recorded.
    Find {
        /// The service, such as `marriage_registration`.
        service: String,
        /// The birth date, for a passport or another international travel document.
        #[arg(long)]
        born: Option<NaiveDate>,
    },
    /// End a booking that should not stand, such as one made with somebody else's document number: its people can book
    /// again at once, and its phones are told that the office ended it.
    Release {
        /// The booking's reference number.
        reference: String,
        /// Why, for the audit record, which is kept for years: no names and no numbers.
        #[arg(long)]
        reason: String,
    },
    /// Make one of the first two account administrators, who make all other staff; name and identity number are read from
    /// standard input, and the invitation is printed once.
    Create {
        /// What they will sign in with, such as `wang.min`.
        account: String,
        /// An office of theirs; all there are if left out.
        #[arg(long = "office")]
        offices: Vec<String>,
    },
    /// Invite an account administrator again, whose invitation is over or who has lost password and authenticator.
    Invite { account: String },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// A service at a place, as `admin places` lists them.
#[derive(Args)]
pub struct At {
    /// The place's id.
    place: String,
    /// The service, such as `marriage_registration`.
    service: String,
}

#[derive(Args)]
pub struct Days {
    #[command(flatten)]
    at: At,
    /// First day, such as 2026-05-20.
    from: NaiveDate,
    /// Last day; the first one if left out.
    to: Option<NaiveDate>,
    /// Reason shown to residents, in Chinese.
    #[arg(long, default_value = NO_REASON[0])]
    reason: String,
    /// The same in English.
    #[arg(long, default_value = NO_REASON[1])]
    reason_en: String,
    /// The mark that was shown with the effect; without it nothing is changed.
    #[arg(long)]
    seen: Option<String>,
}

pub async fn run(settings: Settings, admin: Admin) -> Said {
    let app = App::open(settings).await?;
    let said = match admin {
        Admin::Places => list(&app).await,
        Admin::PhoneCodes { at, switch } => switch_codes(&app, &at, matches!(switch, Switch::On)).await,
        Admin::Close(days) => change(&app, days, Kind::Close).await,
        Admin::Capacity { days, places } => change(&app, days, Kind::Capacity(places)).await,
        Admin::Find { service, born } => find(&app, &service, born).await,
        Admin::Release { reference, reason } => release(&app, &reference, &reason).await,
        Admin::Create { account, offices } => administrators::create(&app, &account, &offices).await,
        Admin::Invite { account } => administrators::invite(&app, &account).await,
    };
    app.database().close().await;
    said
}

async fn switch_codes(app: &App, at: &At, on: bool) -> Said {
    let (service, place) = at.parse()?;
    point::set_phone_codes(app, &service, &place, on, app.now()).await?;
    Ok(String::new())
}

async fn list(app: &App) -> Said {
    let mut said = String::new();
    for service in point::services(app.database()).await? {
        for point in point::all(app, &service).await?.iter() {
            let place = &point.place;
            writeln!(said, "{}\t{}\t{}\t{}", place.id, service.name(), place.name.zh, place.address.zh)?;
        }
    }
    Ok(said)
}

impl At {
    fn parse(&self) -> Result<(Service, PlaceId), Failure> {
        Ok((Service::parse(&self.service)?, PlaceId::parse(&self.place)?))
    }
}

async fn change(app: &App, days: Days, kind: Kind) -> Said {
    let (service, place) = days.at.parse()?;
    let change = SlotChange {
        place,
        service,
        from: days.from,
        to: days.to.unwrap_or(days.from),
        kind,
        reason: told([&days.reason, &days.reason_en])?,
    };
    let bookable = every_bookable().find(|bookable| bookable.service == change.service).ok_or("no such service")?;
    let Some(seen) = days.seen else {
        return Ok(describe(&closure::preview(app, &change, app.now()).await?));
    };
    match offered::make(app, bookable, (change, Actor::Operator), Seen::parse(&seen), app.now()).await {
        Ok(Made { effect, texts }) => {
            let bookings = effect.bookings.len();
            Ok(format!(
                "Done. {} slots changed; {bookings} bookings stand as they were; {texts} texts go out.\n",
                effect.slots
            ))
        }
        Err(ClosureError::Unseen(effect)) => {
            Err(format!("nothing was changed: the effect is not the one that was seen\n{}", describe(&effect)).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// A reason that goes out in texts: only whoever runs the portal writes one freely, and nothing in it leads away.
fn told(reason: [&str; 2]) -> Result<Localised, Failure> {
    const LONGEST: usize = 80;
    let words = |text| PlainWords::told(PlainWords::ASKED, LONGEST, text).map_err(|wrong| wrong.sentence(Locale::En));
    let [zh, en] = reason.map(words);
    Ok(Localised::new(zh?, en?))
}

/// What can be booked in any portal, also of services that are not offered any more.
fn every_bookable() -> impl Iterator<Item = &'static Bookable> {
    server::domains::ALL.iter().flat_map(|domain| domain.bookable).copied()
}

/// The number is no argument, which other users of the machine would see and shells would remember.
async fn find(app: &App, service: &str, born: Option<NaiveDate>) -> Said {
    let bookable = every_bookable().find(|bookable| bookable.service.name() == service).ok_or("no such service")?;
    writeln!(std::io::stderr(), "Document number:").ok();
    let mut number = String::new();
    std::io::stdin().read_line(&mut number)?;
    let Some(found) = search::of_document(app, bookable, (number.trim(), born), app.now()).await? else {
        return Err("no booking that stands names this document; a passport is found with --born only".into());
    };
    let desk = if found.at_desk { "\tcheck identities" } else { "" };
    let when = shanghai(found.starts_at).format("%Y-%m-%d %H:%M");
    Ok(format!("{}\t{}\t{when}{desk}\n", found.reference, found.place.name.zh))
}

async fn release(app: &App, reference: &str, reason: &str) -> Said {
    let reference = BookingReference::parse(reference).map_err(|_| "this is no reference number")?;
    let reason = PlainWords::parse(reason).map_err(|wrong| wrong.sentence(Locale::En))?;
    let bookable: Vec<_> = every_bookable().collect();
    let ending = Ending { actor: Actor::Operator, reason, telling: Telling::Now, at_desk: None };
    match releasing::release(app, &bookable, reference, &ending, app.now()).await {
        Ok(()) => Ok(format!("{reference} is released: its people can book again, and its phones are told.\n")),
        Err(error) if error.refusal() == Some(Refusal::BookingEnded) => {
            Err(format!("{reference} stands no more: it was cancelled or released before, or its day is over").into())
        }
        Err(error) => Err(error.into()),
    }
}

fn describe(effect: &Effect) -> String {
    let booking = |booking: &Affected| {
        format!("  {}  {}\n", booking.reference, shanghai(booking.starts_at).format("%Y-%m-%d %H:%M"))
    };
    format!(
        "Slots that change: {}\nFree places no longer given out: {}\nTimes being held right now: {}\n\
         Bookings to move or to call about: {}\nOf those, told twice within a day and not told again: {}\n{}To make this change, repeat the command with --seen {}\n",
        effect.slots,
        effect.free_places,
        effect.holds,
        effect.bookings.len(),
        effect.untold,
        effect.bookings.iter().map(booking).collect::<String>(),
        effect.seen().as_str()
    )
}
