//! Looking after listed places: lists that come in and go out, what is closed for a while, and who has confirmed what.

mod files;
mod progress;
mod reports;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Args, Subcommand, ValueEnum};
use server::{
    App,
    audit::Actor,
    directory::{change, confirm, file::text::Written, import, kinds},
    settings::Settings,
};
use shared::{
    calendar::shanghai_date,
    directory::{Confirmation, Kind, Section},
    hours::{Change, ChangeKind, Span},
    locale::Locale,
    localised::Localised,
    places::{Datum, PlaceId},
    problem::Problem,
};

use self::progress::Progress;
use super::{Failure, Said};

/// Look after listed places.
#[derive(Subcommand)]
pub enum Places {
    /// Take in a list (CSV or GeoJSON); shows what it would change, and changes it with --write.
    Import {
        file: PathBuf,
        #[command(flatten)]
        list: List,
        /// Take it in.
        #[arg(long)]
        write: bool,
        /// What becomes of places that are not in the file.
        #[arg(long, value_enum, default_value_t = GoneChoice::Ask)]
        gone: GoneChoice,
    },
    /// Take an import back; what was changed or confirmed since stays.
    Undo {
        /// As `import` named it.
        import: String,
    },
    /// Write all places of a kind to a file.
    Export {
        kind: String,
        /// Ends in .csv or .geojson.
        file: PathBuf,
        /// Write GB18030 instead of UTF-8, for old spreadsheets.
        #[arg(long)]
        gb18030: bool,
        /// Write points as they were measured, to come in again as they are, and give the file to nobody outside. Else points are
        /// written as they are published, in GCJ-02 with five decimals, unless the portal publishes WGS-84.
        #[arg(long)]
        internal: bool,
    },
    /// Read a list and write it again with our headings, in UTF-8 or as GeoJSON; nothing else is touched.
    Convert {
        from: PathBuf,
        /// Ends in .csv or .geojson.
        to: PathBuf,
        #[command(flatten)]
        list: List,
        /// As of an export.
        #[arg(long)]
        internal: bool,
    },
    /// Announce that something is otherwise for a while; it ends by itself.
    Announce(Announcement),
    /// Take an announcement back before its end.
    TakeBack {
        /// As `announce` named it.
        change: String,
    },
    /// Say that what is known of a place is right.
    Confirm {
        place: String,
        /// Such as `hours`; every section that says something when left out.
        #[arg(long = "section")]
        sections: Vec<String>,
        /// Who says so, in words that residents read.
        #[arg(long)]
        by: String,
        /// The day; today when left out.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// List what people say is wrong and nobody has answered.
    Reports,
    /// Answer one of them; whoever has its receipt reads the answer.
    Answer {
        receipt: String,
        /// In words that residents read.
        #[arg(long)]
        text: String,
        /// In place of an answer that was given before.
        #[arg(long)]
        again: bool,
    },
}

/// What a list does not say itself.
#[derive(Args)]
pub struct List {
    /// Such as `elderly_station`.
    #[arg(long)]
    kind: String,
    /// Who made the list, in words that residents read.
    #[arg(long)]
    source: String,
    /// The day on which it was right; today when left out.
    #[arg(long)]
    checked: Option<NaiveDate>,
    /// The division its places lie in, where no column says so; that of the portal when left out.
    #[arg(long)]
    division: Option<String>,
    /// What its coordinates were measured in, where no column says so: wgs84, cgcs2000, gcj02 or bd09.
    #[arg(long)]
    datum: Option<String>,
    /// The area code of landlines that are written without one, such as 0755.
    #[arg(long)]
    area_code: Option<String>,
    /// The division whose whole list it is, by its code or the beginning of it, such as 4403 for a city; may be repeated. When left
    /// out, the smallest area that has all of its places.
    #[arg(long)]
    whole_of: Vec<String>,
    /// A file of divisions (`code,name` in each row), for lists that name streets and communities without codes.
    #[arg(long)]
    divisions: Option<PathBuf>,
    /// The places are invented.
    #[arg(long)]
    invented: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum GoneChoice {
    /// Nothing is taken in while there are any.
    Ask,
    /// They close for good.
    Close,
    /// They stay: the file is no whole list.
    Keep,
}

#[derive(Args)]
pub struct Announcement {
    place: String,
    #[arg(value_enum)]
    what: What,
    /// Civil time, such as 2026-05-20T14:00.
    #[arg(long)]
    from: String,
    /// Civil time at which it is over.
    #[arg(long)]
    to: String,
    /// Why, in Chinese.
    #[arg(long)]
    reason: String,
    /// The same in English.
    #[arg(long)]
    reason_en: String,
    /// Of `hours`: such as 09:00-12:00; may be repeated.
    #[arg(long = "hours")]
    spans: Vec<String>,
    /// Of `without-service`: such as `meals`.
    #[arg(long)]
    service: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum What {
    Closed,
    Hours,
    Message,
    WithoutService,
}

pub async fn run(settings: Settings, places: Places) -> Said {
    let app = App::open(settings).await?;
    let said = match places {
        Places::Import { file, list, write, gone } => files::import(&app, &file, &list, write, gone).await,
        Places::Undo { import } => undo(&app, &import).await,
        Places::Export { kind, file, gb18030, internal } => {
            let written = if gb18030 { Written::Gb18030 } else { Written::Utf8 };
            files::export(&app, known(&kind)?, &file, (written, internal)).await
        }
        Places::Convert { from, to, list, internal } => files::convert(&app, (&from, &to), &list, internal),
        Places::Announce(announcement) => announce(&app, announcement).await,
        Places::TakeBack { change } => take_back(&app, &change).await,
        Places::Confirm { place, sections, by, on } => confirm_sections(&app, &place, &sections, by, on).await,
        Places::Reports => reports::list(&app).await,
        Places::Answer { receipt, text, again } => reports::answer(&app, &receipt, &text, again).await,
    };
    app.database().close().await;
    said
}

fn known(kind: &str) -> Result<&'static Kind, Failure> {
    let all = || kinds::all().iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
    kinds::kind(kind).ok_or_else(|| format!("there is no kind `{kind}`; there are {}", all()).into())
}

fn datum(list: &List) -> Result<Option<Datum>, Failure> {
    let name = |name: &str| Datum::from_name(name).ok_or_else(|| format!("there is no datum `{name}`").into());
    list.datum.as_deref().map(name).transpose()
}

fn place(id: &str) -> Result<PlaceId, Failure> {
    PlaceId::parse(id).map_err(|_| format!("`{id}` is no place’s id").into())
}

/// What was wrong, in words.
fn told(error: server::Error) -> Failure {
    match error {
        server::Error::Problem(Problem::Fields(errors)) => {
            let lines = errors.messages(Locale::En).into_iter().map(|one| format!("{}: {}", one.field, one.message));
            lines.collect::<Vec<_>>().join("\n").into()
        }
        server::Error::Problem(problem) => problem.sentence(Locale::En).into(),
        other => other.into(),
    }
}

async fn undo(app: &App, id: &str) -> Said {
    let mut progress = Progress::of("places are as before");
    let undone = import::undo(app, id, app.now(), |count| progress.tell(count)).await.map_err(told)?;
    let kept = left(&undone.kept);
    Ok(format!("Places as they were: {}. New ones closed: {}.\n{kept}", undone.restored, undone.closed))
}

/// What is said of places that somebody else has changed meanwhile.
fn left(kept: &[PlaceId]) -> String {
    let kept: Vec<_> = kept.iter().map(ToString::to_string).collect();
    match kept.as_slice() {
        [] => String::new(),
        kept => format!("Changed since, and left as they are: {}\n", kept.join(", ")),
    }
}

async fn announce(app: &App, announcement: Announcement) -> Said {
    let Announcement { place: id, what, from, to, reason, reason_en, spans, service } = announcement;
    let civil = |text: &str| -> Result<NaiveDateTime, Failure> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .map_err(|_| format!("`{text}` is no time such as 2026-05-20T14:00").into())
    };
    let span = |text: &String| -> Result<Span, Failure> {
        let (opens, closes) = text.split_once('-').ok_or_else(|| format!("`{text}` is no span such as 09:00-12:00"))?;
        Ok(Span { opens: opens.to_owned(), closes: closes.to_owned() })
    };
    if !spans.is_empty() && !matches!(what, What::Hours) {
        return Err("--hours belongs to `hours` alone: announce other hours by themselves, or leave --hours out".into());
    }
    if service.is_some() && !matches!(what, What::WithoutService) {
        return Err("--service belongs to `without-service` alone: leave it out".into());
    }
    let kind = match what {
        What::Closed => ChangeKind::Closed,
        What::Hours => ChangeKind::Hours(spans.iter().map(span).collect::<Result<_, _>>()?),
        What::Message => ChangeKind::Message,
        What::WithoutService => ChangeKind::WithoutService(service.ok_or("name the service with --service")?),
    };
    let change = Change { from: civil(&from)?, to: civil(&to)?, kind, reason: Localised::new(reason, reason_en) };
    let made = change::announce(app, &place(&id)?, change, Actor::Operator, app.now()).await.map_err(told)?;
    Ok(format!("It is announced as {made} and ends by itself at {to}. Everybody sees it within a minute.\n"))
}

async fn take_back(app: &App, id: &str) -> Said {
    change::take_back(app, id, Actor::Operator, app.now()).await.map_err(told)?;
    Ok("It is taken back; everything is as usual from now on.\n".to_owned())
}

async fn confirm_sections(app: &App, id: &str, sections: &[String], by: String, on: Option<NaiveDate>) -> Said {
    let section = |name: &String| -> Result<Section, Failure> {
        name.parse().map_err(|_| {
            let all: Vec<_> = Section::ALL.iter().map(|section| section.name()).collect();
            format!("there is no section `{name}`; there are {}", all.join(", ")).into()
        })
    };
    let sections = sections.iter().map(section).collect::<Result<Vec<_>, _>>()?;
    let now = app.now();
    let confirmation = Confirmation { on: on.unwrap_or_else(|| shanghai_date(now)), by };
    let confirmed = confirm::confirm(app, &place(id)?, &sections, confirmation, Actor::Operator, now).await;
    let names: Vec<_> = confirmed.map_err(told)?.iter().map(|section| section.name()).collect();
    match names.as_slice() {
        [] => Err("nothing is said there that could be confirmed".into()),
        names => Ok(format!("Confirmed: {}.\n", names.join(", "))),
    }
}
