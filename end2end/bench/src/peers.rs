//! Our part of `make bench-peers`: the households, our verdicts for the other engines to agree with, and our own times.

mod clock;
mod households;
mod telling;

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;
use shared::{
    eligibility::{
        answer::answer,
        compile::{self, Files},
        pack::Pack,
        told,
        verdict::check,
    },
    locale::Locale,
};

use self::{
    clock::{most_memory, rows},
    households::Drawn,
};
use crate::{Outcome, progress};

#[derive(Args)]
pub struct Asked {
    /// Folder of the policy packs.
    #[arg(long, default_value = "shared/packs")]
    packs: PathBuf,
    /// File to write the households and our verdicts to.
    #[arg(long)]
    households: PathBuf,
    /// File to write our times to.
    #[arg(long)]
    result: PathBuf,
}

/// Nanshan, Shenzhen: it has ten benefits that answers alone decide, but for what is said of assets.
const REGION: &str = "440305";
const RULES: [&str; 10] = [
    "dibao",
    "dibao_edge",
    "funeral_basics",
    "dibao_single",
    "tekun",
    "orphan",
    "de_facto_unattended",
    "old_age_allowance",
    "elder_meals",
    "home_adaptation",
];
const HOUSEHOLDS: usize = 500;

pub fn measure(asked: &Asked) -> Outcome<()> {
    let as_of: NaiveDate = "2025-06-30".parse()?;
    let pack = of_ten_rules(&asked.packs, as_of)?;
    let drawn = households::draw(&pack, HOUSEHOLDS, as_of)?;
    let counts = households::count(&drawn)?;
    let people: usize = drawn.iter().map(|one| one.told.people.len()).sum();
    progress(format_args!("{HOUSEHOLDS} households of {people} people"));
    let households: Vec<_> = drawn.iter().map(|one| json!({ "facts": one.told, "verdicts": one.verdicts })).collect();
    let written = json!({ "as_of": as_of, "people": people, "counts": counts, "households": households });
    fs::write(&asked.households, serde_json::to_vec(&written)?)?;

    let read = |one: &Drawn| told::read(&pack, &one.told, as_of).expect("it was read when it was drawn");
    let rows = rows(
        &drawn,
        &[
            ("with all reasons, from told facts", &|one| check(&pack, &read(one), as_of, as_of).verdicts.len()),
            ("with all reasons, from facts already read", &|one| {
                check(&pack, &one.household, as_of, as_of).verdicts.len()
            }),
            ("with all reasons, in words", &|one| {
                let household = read(one);
                let outcome = check(&pack, &household, as_of, as_of);
                answer(&pack, &household, &outcome, Locale::Zh).results.len()
            }),
        ],
    )?;
    let result = json!({
        "engine": "Huimin", "version": env!("CARGO_PKG_VERSION"), "memory": most_memory()?, "lacks": [], "rows": rows,
        "explains": "each condition: whether it holds, by which answers and figures with their days, its source; what is \
                     open and which answers can still change it; the amount; in words a sentence for each in Chinese or \
                     English",
    });
    fs::write(&asked.result, serde_json::to_vec(&result)?)?;
    Ok(())
}

/// The pack of the region, in which only the ten benefits exist on the day.
fn of_ten_rules(folder: &Path, as_of: NaiveDate) -> Outcome<Pack> {
    let mut files = Files::new();
    collect(folder, folder, &mut files)?;
    let mut pack = compile::compile(&files, REGION)
        .map_err(|complaints| complaints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    // The others end before the day instead of being taken out: rules name each other by their places.
    for benefit in pack.benefits.iter_mut().filter(|benefit| !RULES.contains(&benefit.id.as_str())) {
        benefit.valid_to = Some(NaiveDate::MIN);
    }
    let left = pack.benefits.iter().filter(|benefit| benefit.is_valid_on(as_of)).count();
    if left == RULES.len() { Ok(pack) } else { Err(format!("{left} of the ten benefits exist on {as_of}").into()) }
}

fn collect(root: &Path, folder: &Path, files: &mut Files) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root)?.to_str().ok_or("a pack's file has a strange name")?;
            files.insert(name.to_owned(), fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
