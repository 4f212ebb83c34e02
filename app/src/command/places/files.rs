//! Lists from and to files.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs::{self, File},
    path::Path,
};

use server::{
    App,
    directory::{
        export,
        file::{Mistake, areas::Areas, text::Written},
        import::{self, Gone, Mistakes, Options, Preview, Read, Refused},
        store,
    },
};
use shared::{calendar::shanghai_date, directory::Kind, directory::Listing, locale::Locale};

use super::{GoneChoice, List, Progress, datum, known, told};
use crate::command::{Failure, Said};

/// Names of places that are listed one by one; of more there is a number.
const SHOWN: usize = 20;

pub(super) async fn import(app: &App, file: &Path, list: &List, write: bool, gone: GoneChoice) -> Said {
    let (options, mut file) = (options(app, list)?, open(file)?);
    let (listed, taken) = {
        let mut connection = app.database().read().await?;
        let mut instant = app.database().instant(&mut connection).await?;
        let listed = store::load(&mut instant, &options.kind.id, app.now()).await?;
        (listed, store::taken(&mut instant, &options.kind.id).await?)
    };
    let mut progress = Progress::of("rows are read");
    let Read { listings, unknown, unread_hours, mistakes } =
        import::read(&mut file, &listed, &taken, &options, |count| progress.tell(count))?;
    if !mistakes.is_empty() {
        return Err(wrong(&mistakes)?.into());
    }
    let gone = match gone {
        GoneChoice::Ask => Gone::Ask,
        GoneChoice::Close => Gone::Close,
        GoneChoice::Keep => Gone::Keep,
    };
    let preview = Preview::of(listings, &listed);
    let mut said = described(&preview)?;
    if !unknown.is_empty() {
        writeln!(said, "Columns that nobody knows, and that are not read: {}.", unknown.join(", "))?;
    }
    if !unread_hours.is_empty() {
        writeln!(
            said,
            "Hours of {} places are shown as they are written, since no rule could be read from them.",
            unread_hours.len()
        )?;
    }
    if !write {
        writeln!(said, "\nNothing was changed. Add --write to take it in.")?;
        return Ok(said);
    }
    let by = ("command line".to_owned(), import::fingerprint(&mut file)?);
    let mut progress = Progress::of("places are written");
    let written = |count| progress.tell(count);
    match import::take(app, &options.kind.id, preview, gone, by, app.now(), written).await.map_err(told)? {
        Ok(taken) => {
            writeln!(said, "\nTaken in as {}: `huimin places undo {}` takes it back.", taken.import, taken.import)?;
            Ok(said)
        }
        Err(refused) => Err(format!("{said}\n{refused}").into()),
    }
}

pub(super) async fn export(
    app: &App,
    kind: &'static Kind,
    file: &Path,
    (written, is_internal): (Written, bool),
) -> Said {
    let mut connection = app.database().read().await?;
    let mut instant = app.database().instant(&mut connection).await?;
    let listed = store::load(&mut instant, &kind.id, app.now()).await?;
    drop(instant);
    drop(connection);
    save(app, kind, &listed, file, (written, is_internal))?;
    Ok(format!("{} places are in {}.\n", listed.len(), file.display()))
}

pub(super) fn convert(app: &App, (from, to): (&Path, &Path), list: &List, is_internal: bool) -> Said {
    let options = options(app, list)?;
    let mut progress = Progress::of("rows are read");
    let read = import::read(&mut open(from)?, &[], &BTreeSet::new(), &options, |count| progress.tell(count))?;
    if !read.mistakes.is_empty() {
        return Err(wrong(&read.mistakes)?.into());
    }
    save(app, options.kind, &read.listings, to, (Written::Utf8, is_internal))?;
    Ok(format!("{} places are in {}.\n", read.listings.len(), to.display()))
}

/// Points go out as they were measured where that is allowed, or the file stays in the house.
fn save(
    app: &App,
    kind: &Kind,
    listings: &[Listing],
    file: &Path,
    (written, is_internal): (Written, bool),
) -> Result<(), Failure> {
    let is_geojson = file.extension().is_some_and(|end| end == "geojson" || end == "json");
    let as_measured = is_internal || app.settings().publish_wgs84;
    let bytes = match (is_geojson, as_measured) {
        (true, _) => export::geojson(kind, listings, as_measured),
        (false, true) => export::csv(kind, listings, written),
        (false, false) => export::csv(kind, &export::public(listings), written),
    };
    fs::write(file, bytes).map_err(|error| format!("{}: {error}", file.display()).into())
}

fn open(file: &Path) -> Result<File, Failure> {
    File::open(file).map_err(|error| format!("{}: {error}", file.display()).into())
}

fn options(app: &App, list: &List) -> Result<Options, Failure> {
    let divisions = match &list.divisions {
        None => String::new(),
        Some(file) => fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?,
    };
    let today = shanghai_date(app.now());
    let checked = list.checked.unwrap_or(today);
    if checked > today {
        return Err(format!("{checked} is still to come").into());
    }
    Ok(Options {
        kind: known(&list.kind)?,
        division: list.division.clone().unwrap_or_else(|| app.settings().region.clone()),
        datum: datum(list)?,
        source: list.source.clone(),
        checked,
        demo: list.invented,
        areas: Areas::with(&divisions),
    })
}

fn wrong(mistakes: &Mistakes) -> Result<String, Failure> {
    let mut said = format!("{}:\n", Refused::Mistakes(mistakes.count()));
    for Mistake { row, column, value, reason } in mistakes.first() {
        writeln!(
            said,
            "row {row}, {column}: “{value}”\n  {}\n  {}",
            reason.sentence(Locale::Zh),
            reason.sentence(Locale::En)
        )?;
    }
    let more = mistakes.count() - mistakes.first().len();
    if more > 0 {
        writeln!(said, "… and {more} more")?;
    }
    Ok(said)
}

fn described(preview: &Preview) -> Result<String, Failure> {
    let mut said = String::new();
    let name = |listing: &Listing| format!("{} ({})", listing.name.zh, listing.id);
    let mut list = |title: &str, lines: Vec<String>| -> Result<(), Failure> {
        writeln!(said, "{title}: {}", lines.len())?;
        for line in lines.iter().take(SHOWN) {
            writeln!(said, "  {line}")?;
        }
        if lines.len() > SHOWN {
            writeln!(said, "  … and {} more", lines.len() - SHOWN)?;
        }
        Ok(())
    };
    list("New", preview.added.iter().map(name).collect())?;
    let changed = preview.changed.iter().map(|(one, fields)| format!("{}: {}", name(one), fields.join(", ")));
    list("Changed", changed.collect())?;
    list("Not in the file", preview.gone.iter().map(name).collect())?;
    writeln!(
        said,
        "As before: {}, of which confirmed anew: {}",
        preview.same + preview.confirmed.len(),
        preview.confirmed.len()
    )?;
    Ok(said)
}
