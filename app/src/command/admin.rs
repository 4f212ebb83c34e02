//! What an operator does at the command line until it has a screen.

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use server::{
    App,
    appointments::{
        closure::{self, Change, ClosureError, Effect, Kind, Seen},
        point,
    },
    settings::Settings,
};
use shared::{appointments::Service, calendar::shanghai, localised::Localised, marriage::SERVICE, places::PlaceId};

use super::Failure;

#[derive(Subcommand)]
pub enum Admin {
    /// List the places of a service.
    #[command(alias = "registries")]
    Places {
        #[command(flatten)]
        of: Of,
    },
    /// Turn the codes to phones on or off at a place.
    PhoneCodes {
        place: String,
        #[arg(value_enum)]
        switch: Switch,
        #[command(flatten)]
        of: Of,
    },
    /// Close days; shows first what that does to those already booked.
    Close(Days),
    /// Change the places of each slot; shows first what that does to those already booked.
    Capacity {
        #[command(flatten)]
        days: Days,
        /// Places of each slot from now on.
        #[arg(long)]
        places: u32,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// The service that is meant.
#[derive(Args)]
pub struct Of {
    /// Its name, such as `marriage_registration`.
    #[arg(long, default_value_t = SERVICE)]
    service: Service,
}

#[derive(Args)]
pub struct Days {
    /// The place's id, as `admin places` lists it.
    place: String,
    /// First day, such as 2026-05-20.
    from: NaiveDate,
    /// Last day; the first one if left out.
    to: Option<NaiveDate>,
    /// Reason shown to residents, in Chinese.
    #[arg(long, default_value = "当天不办理")]
    reason: String,
    /// The same in English.
    #[arg(long, default_value = "It is closed on this day")]
    reason_en: String,
    /// The mark that was shown with the effect; without it nothing is changed.
    #[arg(long)]
    seen: Option<String>,
    #[command(flatten)]
    of: Of,
}

pub async fn run(settings: Settings, admin: Admin) -> Result<(), Failure> {
    let app = App::open(settings).await?;
    match admin {
        Admin::Places { of } => list(&app, &of.service).await?,
        Admin::PhoneCodes { place, switch, of } => {
            let (id, on) = (PlaceId::parse(&place)?, matches!(switch, Switch::On));
            point::set_phone_codes(&app, &of.service, &id, on, app.now()).await?;
        }
        Admin::Close(days) => change(&app, days, Kind::Close).await?,
        Admin::Capacity { days, places } => change(&app, days, Kind::Capacity(places)).await?,
    }
    app.database().close().await;
    Ok(())
}

async fn list(app: &App, service: &Service) -> Result<(), Failure> {
    for point in point::all(app, service).await?.iter() {
        println!("{}\t{}\t{}", point.place.id, point.place.name.zh, point.place.address.zh);
    }
    Ok(())
}

async fn change(app: &App, days: Days, kind: Kind) -> Result<(), Failure> {
    let change = Change {
        place: PlaceId::parse(&days.place)?,
        service: days.of.service,
        from: days.from,
        to: days.to.unwrap_or(days.from),
        kind,
        reason: Localised::new(days.reason, days.reason_en),
    };
    let Some(seen) = days.seen else {
        describe(&closure::preview(app, &change, app.now()).await?);
        return Ok(());
    };
    match closure::apply(app, change, Seen::parse(&seen), app.now()).await {
        Ok(effect) => {
            println!("Done. {} slots changed; {} bookings stand as they were.", effect.slots, effect.bookings.len());
            Ok(())
        }
        Err(ClosureError::Unseen(effect)) => {
            describe(&effect);
            Err("nothing was changed: the effect is not the one that was seen".into())
        }
        Err(error) => Err(error.into()),
    }
}

fn describe(effect: &Effect) {
    println!("Slots that change: {}", effect.slots);
    println!("Free places no longer given out: {}", effect.free_places);
    println!("Times being held right now: {}", effect.holds);
    println!("Bookings to move or to call about: {}", effect.bookings.len());
    for booking in &effect.bookings {
        println!("  {}  {}", booking.reference, shanghai(booking.starts_at).format("%Y-%m-%d %H:%M"));
    }
    println!("To make this change, repeat the command with --seen {}", effect.seen().as_str());
}
