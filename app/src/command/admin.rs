//! What an operator does at the command line until it has a screen.

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use server::{
    App,
    appointments::{
        closure::{self, Change, ClosureError, Effect, Kind, Seen},
        registry,
    },
    settings::Settings,
};
use shared::{appointments::PlaceId, calendar::shanghai, localised::Localised};

use super::Failure;

#[derive(Subcommand)]
pub enum Admin {
    /// List the registries.
    Registries,
    /// Turn the codes to the parties' phones on or off at a registry.
    PhoneCodes {
        registry: String,
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
        #[arg(long)]
        places: u32,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

#[derive(Args)]
pub struct Days {
    /// The registry's id, as `admin registries` lists it.
    registry: String,
    /// First day, such as 2026-05-20.
    from: NaiveDate,
    /// Last day; the first one if left out.
    to: Option<NaiveDate>,
    /// Reason shown to residents, in Chinese.
    #[arg(long, default_value = "登记机关当天不办理")]
    reason: String,
    /// The same in English.
    #[arg(long, default_value = "The registry is closed on this day")]
    reason_en: String,
    /// The mark that was shown with the effect; without it nothing is changed.
    #[arg(long)]
    seen: Option<String>,
}

pub async fn run(settings: Settings, admin: Admin) -> Result<(), Failure> {
    let app = App::open(settings).await?;
    match admin {
        Admin::Registries => list(&app).await?,
        Admin::PhoneCodes { registry, switch } => {
            let id = PlaceId::parse(&registry)?;
            registry::set_phone_codes(&app, &id, matches!(switch, Switch::On), app.now()).await?;
        }
        Admin::Close(days) => change(&app, days, Kind::Close).await?,
        Admin::Capacity { days, places } => change(&app, days, Kind::Capacity(places)).await?,
    }
    app.database().close().await;
    Ok(())
}

async fn list(app: &App) -> Result<(), Failure> {
    for registry in app.registries().await?.iter() {
        println!("{}\t{}\t{}", registry.id, registry.name.zh, registry.address.zh);
    }
    Ok(())
}

async fn change(app: &App, days: Days, kind: Kind) -> Result<(), Failure> {
    let change = Change {
        registry: PlaceId::parse(&days.registry)?,
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
