//! Looking after policy packs: are they right, what does a change change, what does a benefit rest on.

mod diff;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use server::policy;
use shared::{
    eligibility::{
        compile::{self, Complaint, Files, cases},
        pack::{Figure, Pack, Rule},
        words,
    },
    locale::Locale,
    procedures,
};

use super::{Failure, Said};

/// Look after the policy packs.
#[derive(Subcommand)]
pub enum Policy {
    /// Compile the packs and procedures of a folder and run the cases beside them.
    Check {
        /// Folder of packs; those in the program when left out.
        folder: Option<PathBuf>,
    },
    /// Which cases come out differently with changed packs, and by which conditions.
    Diff { old: PathBuf, new: PathBuf },
    /// What a benefit asks for in a region, with every figure and source.
    Explain {
        /// Division code of six digits.
        region: String,
        /// Such as `dibao`.
        benefit: String,
        #[arg(long)]
        folder: Option<PathBuf>,
    },
}

pub fn run(policy: Policy) -> Said {
    match policy {
        Policy::Check { folder } => check(&files(folder.as_deref())?, folder.is_some()),
        Policy::Diff { old, new } => {
            let lines = diff::diff(&files(Some(&old))?, &files(Some(&new))?)?;
            Ok(lines.join("\n") + "\n")
        }
        Policy::Explain { region, benefit, folder } => explain(&files(folder.as_deref())?, &region, &benefit),
    }
}

fn files(folder: Option<&Path>) -> Result<Files, Failure> {
    match folder {
        None => Ok(policy::embedded()),
        Some(folder) => policy::read(folder).map_err(|error| format!("{}: {error}", folder.display()).into()),
    }
}

fn compiled(files: &Files) -> Result<Vec<Pack>, Failure> {
    compile::compile_all(files).map_err(|complaints| wrong(&complaints))
}

fn wrong(complaints: &[Complaint]) -> Failure {
    let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    format!("Mistakes: {}\n{}", lines.len(), lines.join("\n")).into()
}

/// The program carries its rules without the cases, which a folder has beside them.
fn check(files: &Files, has_cases: bool) -> Said {
    let packs = compiled(files)?;
    let procedures = procedures(files, has_cases)?;
    let (mut count, mut complaints) = (0, Vec::new());
    for pack in &packs {
        for (path, text) in cases::cases_of(files, &pack.region) {
            count += 1;
            complaints.extend(cases::run(pack, path, text));
        }
    }
    if complaints.is_empty() {
        let lines =
            packs.iter().map(|pack| format!("{} {}: {} benefits\n", pack.region, pack.name.zh, pack.benefits.len()));
        let lines: String = lines.collect();
        let packs = format!("{} packs compile, {count} cases come out as they say.\n", packs.len());
        return Ok(lines + &packs + &procedures);
    }
    let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    Err(format!("{} of {count} cases:\n{}", lines.len(), lines.join("\n")).into())
}

fn procedures(files: &Files, has_cases: bool) -> Said {
    let compiled = procedures::compile::compile_all(files).map_err(|complaints| wrong(&complaints))?.len();
    let tried = if has_cases { procedures::compile::cases::run_all(files) } else { Ok(0) };
    let count = tried.map_err(|complaints| wrong(&complaints))?;
    Ok(format!("{compiled} procedures compile, {count} cases come out as they say.\n"))
}

/// The cases of both folders, run on the old and on the new packs.
fn explain(files: &Files, region: &str, id: &str) -> Said {
    let region = compile::nearest(files, region).ok_or("no pack holds for this region")?;
    let pack = compile::compile(files, region).map_err(|_| "the packs do not compile; see `huimin policy check`")?;
    let place = pack.benefits.iter().position(|benefit| benefit.id == id);
    let place = place.ok_or_else(|| {
        let known: Vec<&str> = pack.benefits.iter().map(|benefit| benefit.id.as_str()).collect();
        format!("there is no `{id}` in {region}; there are {}", known.join(", "))
    })?;
    let benefit = &pack.benefits[place];
    let mut said = String::new();
    let cite = |source: &usize| pack.sources[*source].cited(Locale::Zh);
    writeln!(said, "{} ({region} {})\n{}\n", benefit.name.zh, pack.name.zh, benefit.summary.zh)?;
    writeln!(said, "依据: {}\n", benefit.basis.iter().map(cite).collect::<Vec<_>>().join(" "))?;
    for requirement in &benefit.requires {
        let kind = match &requirement.rule {
            Rule::Holds { .. } => "",
            Rule::Bureau { routine: true } => " (routine check by the bureau)",
            Rule::Bureau { routine: false } => " (the bureau decides)",
        };
        writeln!(said, "- {}{kind}: {}", requirement.id, requirement.says.yes.zh)?;
        writeln!(said, "  {}", requirement.basis.iter().map(cite).collect::<Vec<_>>().join(" "))?;
        for passage in &requirement.text {
            writeln!(said, "  {}: {}", passage.cited(&pack, Locale::Zh), passage.asks.zh)?;
        }
    }
    for param in pack.params.iter().filter(|param| param.benefit == place) {
        writeln!(said, "\n{} ({})", param.name.zh, param.id)?;
        if param.values.is_empty() {
            writeln!(said, "  not known here")?;
        }
        if let Some(ceiling) = &param.ceiling {
            writeln!(said, "  unknown or old: {} times a renewal at most; {}", ceiling.pace, ceiling.because.zh)?;
        }
        for dated in &param.values {
            let value = match &dated.value {
                Figure::Fixed(span) => words::say_span(Locale::Zh, *span, param.unit, dated.from).unwrap_or_default(),
                Figure::Derived(_) => "derived".to_owned(),
            };
            let from = dated.since().map_or_else(|| "undated".to_owned(), |day| day.to_string());
            writeln!(said, "  {from} {value}  {} (published {})", cite(&dated.source), dated.published)?;
        }
    }
    Ok(said)
}
