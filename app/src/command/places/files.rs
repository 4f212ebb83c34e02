//! Lists from and to files.

use std::{
    fmt::Write as _,
    fs::{self, File},
    path::Path,
};

use server::{
    App,
    directory::{
        export,
        file::{
            Mistake,
            areas::Areas,
            text::{self, Written},
        },
        import::{self, Before, Difference, Gone, Mistakes, Options, Preview, Read, Refused, Unread},
        store,
    },
};
use shared::{calendar::shanghai_date, directory::Kind, directory::Listing, locale::Locale, places::said};

use super::{GoneChoice, List, Progress, datum, known, left, told};
use crate::command::{Failure, Said};

/// Lines that are listed one by one; of more there is a number.
const SHOWN: usize = 20;
/// Characters of what a cell said and says; of longer ones only the column is named.
const SHORT: usize = 40;

pub(super) async fn import(app: &App, file: &Path, list: &List, write: bool, gone: GoneChoice) -> Said {
    let (options, mut file) = (options(app, list)?, open(file)?);
    let before = Before::load(app, &options.kind.id, app.now()).await?;
    let mut progress = Progress::of("rows are read");
    let Read { listings, unknown, unread_hours, totals, silent, mistakes } =
        import::read(&mut file, &before, &options, |count| progress.tell(count))?;
    if !mistakes.is_empty() {
        return Err(wrong(&mistakes)?.into());
    }
    let gone = match gone {
        GoneChoice::Ask => Gone::Ask,
        GoneChoice::Close => Gone::Close,
        GoneChoice::Keep => Gone::Keep,
    };
    let preview = Preview::of(listings, &before, &options);
    let mut said = described(&preview)?;
    if !unknown.is_empty() {
        writeln!(said, "Columns that nobody knows, and that are not read: {}.", unknown.join(", "))?;
    }
    let rows = unread_hours.iter().map(|Unread { row, value }| format!("row {row}: {value}")).collect();
    if !unread_hours.is_empty() {
        list_some(&mut said, "Hours that are shown as they are written, since no rule could be read from them", rows)?;
    }
    if !totals.is_empty() {
        let rows = totals.iter().map(|row| format!("row {row}")).collect();
        list_some(&mut said, "Rows of totals, which are no places and are passed over", rows)?;
    }
    for one in &silent {
        writeln!(
            said,
            "Rows that say nothing under {}, where nothing was known before either: {}. If its cells were merged, unmerge them and fill \
             every row.",
            one.column, one.places
        )?;
    }
    if !write {
        match preview.admit(gone) {
            Ok(()) => writeln!(said, "\nNothing was changed. Add --write to take it in.")?,
            Err(refused) => writeln!(said, "\nNothing was changed, and --write would be refused: {refused}")?,
        }
        return Ok(said);
    }
    let by = ("command line".to_owned(), import::fingerprint(&mut file)?);
    let mut progress = Progress::of("places are written");
    let written = |count| progress.tell(count);
    match import::take(app, &options.kind.id, preview, gone, by, app.now(), written).await.map_err(told)? {
        Ok(taken) => {
            writeln!(said, "\nTaken in as {}: `huimin places undo {}` takes it back.", taken.import, taken.import)?;
            said.push_str(&left(&taken.kept));
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
    let mut instant = app.database().instant().await?;
    let listed = store::load(&mut instant, &kind.id, app.now()).await?;
    drop(instant);
    save(app, kind, &listed, file, (written, is_internal))?;
    Ok(format!("Places in {}: {}.\n", file.display(), listed.len()))
}

pub(super) fn convert(app: &App, (from, to): (&Path, &Path), list: &List, is_internal: bool) -> Said {
    let options = options(app, list)?;
    let mut progress = Progress::of("rows are read");
    let read = import::read(&mut open(from)?, &Before::default(), &options, |count| progress.tell(count))?;
    if !read.mistakes.is_empty() {
        return Err(wrong(&read.mistakes)?.into());
    }
    save(app, options.kind, &read.listings, to, (Written::Utf8, is_internal))?;
    Ok(format!("Places in {}: {}.\n", to.display(), read.listings.len()))
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
        Some(file) => text::whole(open(file)?).map_err(|error| format!("{}: {error}", file.display()))?,
    };
    let is_code =
        |code: &str, lengths: &[usize]| lengths.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(code) = list.area_code.as_deref().filter(|code| !(code.starts_with('0') && is_code(code, &[3, 4]))) {
        return Err(format!("`{code}` is no area code such as 0755").into());
    }
    if let Some(code) = list.whole_of.iter().find(|code| !is_code(code, &[2, 4, 6])) {
        return Err(format!("`{code}` is no code of a division such as 440305, nor its beginning such as 4403").into());
    }
    let division = list.division.clone().unwrap_or_else(|| app.settings().region.clone());
    if !is_code(&division, &[6]) {
        return Err(format!("`{division}` is no code of a division such as 440305").into());
    }
    let today = shanghai_date(app.now());
    let checked = list.checked.unwrap_or(today);
    if checked > today {
        return Err(format!("{checked} is still to come").into());
    }
    Ok(Options {
        kind: known(&list.kind)?,
        division,
        datum: datum(list)?,
        area_code: list.area_code.clone(),
        source: said::who(&list.source).map_err(|wrong| format!("--source: {}", wrong.sentence(Locale::En)))?,
        checked,
        demo: list.invented,
        areas: Areas::with(&divisions),
        whole_of: list.whole_of.clone(),
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
    list_some(&mut said, "New", preview.added.iter().map(name).collect())?;
    let changed = preview.changed.iter().map(|(one, differences)| {
        format!("{}: {}", name(one), differences.iter().map(difference).collect::<Vec<_>>().join(", "))
    });
    list_some(&mut said, "Changed", changed.collect())?;
    list_some(&mut said, "Not in the file", preview.gone.iter().map(name).collect())?;
    writeln!(
        said,
        "As before: {}, of which confirmed anew: {}",
        preview.same + preview.confirmed.len(),
        preview.confirmed.len()
    )?;
    Ok(said)
}

/// The first of some lines under their number.
fn list_some(said: &mut String, title: &str, lines: Vec<String>) -> Result<(), Failure> {
    writeln!(said, "{title}: {}", lines.len())?;
    for line in lines.iter().take(SHOWN) {
        writeln!(said, "  {line}")?;
    }
    if lines.len() > SHOWN {
        writeln!(said, "  … and {} more", lines.len() - SHOWN)?;
    }
    Ok(())
}

/// `phone 0755-12345678 → 0755-87654321`, or the column alone where that is long.
fn difference(Difference { column, from, to }: &Difference) -> String {
    let name = column.name();
    if from.chars().count() + to.chars().count() > SHORT {
        return name.to_owned();
    }
    let [from, to] = [from, to].map(|text| if text.is_empty() { "nothing" } else { text.as_str() });
    format!("{name} {from} → {to}")
}
