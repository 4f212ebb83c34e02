//! From the files of packs (docs/policy-packs.md) to one [`Pack`], or to everything that is wrong with them.

pub(crate) mod benefit;
pub mod cases;
mod days;
mod evidence;
pub(crate) mod facts;
mod figures;
pub(crate) mod files;
pub(crate) mod layer;
pub(crate) mod lints;
pub(crate) mod lower;
mod notes;
mod passages;
mod provenance;
mod requirement;
mod syntax;

use std::{collections::BTreeMap, fmt, ops::Range};

use serde::de::DeserializeOwned;

use self::{
    files::{BenefitFile, RegionFile},
    layer::{Layer, Layers},
    lower::Names,
};
use super::pack::{Jurisdiction, Pack};
use crate::localised::Localised;

/// The files of all packs: path below the packs' folder, such as `440300/dibao.toml`, and text.
pub type Files = BTreeMap<String, String>;

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub file: String,
    /// From 1; 0 when it is about the file as a whole.
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.text),
            line => write!(f, "{}:{line}: {}", self.file, self.text),
        }
    }
}

/// Division code of the country.
pub const COUNTRY: &str = "100000";

/// Regions that have a pack of their own, in order of their codes.
pub fn regions(files: &Files) -> Vec<&str> {
    files.keys().filter_map(|path| path.strip_suffix("/region.toml")).collect()
}

/// The region with a pack that is nearest above (or at) a division code.
pub fn nearest<'a>(files: &'a Files, code: &str) -> Option<&'a str> {
    let known = regions(files);
    above(code).iter().rev().find_map(|place| known.iter().find(|known| *known == place).copied())
}

/// Compiles the pack of one region.
///
/// # Errors
/// All complaints about the files it is made of.
pub fn compile(files: &Files, region: &str) -> Result<Pack, Vec<Complaint>> {
    let mut complaints = Complaints::default();
    let pack = build(files, region, &mut complaints);
    complaints.finish(pack)
}

/// Compiles every pack; also complains of what no pack uses.
///
/// # Errors
/// All complaints about all files.
pub fn compile_all(files: &Files) -> Result<Vec<Pack>, Vec<Complaint>> {
    let mut complaints = Vec::new();
    let mut packs = Vec::new();
    for region in regions(files) {
        match compile(files, region) {
            Ok(pack) => packs.push(pack),
            Err(found) => complaints.extend(found),
        }
    }
    if complaints.is_empty() {
        complaints = lints::unused(files, &packs);
    }
    complaints.sort();
    complaints.dedup();
    if complaints.is_empty() { Ok(packs) } else { Err(complaints) }
}

fn build(files: &Files, region: &str, complaints: &mut Complaints) -> Option<Pack> {
    let (path, text) = files.get_key_value(FACTS).or_else(|| {
        complaints.add(&Source { path: FACTS, text: "" }, None, "there is no such file");
        None
    })?;
    let source = Source { path, text };
    let facts = complaints.read(&source)?;
    let (chain, recheck) = chain(files, region, complaints)?;
    let layers = layers(files, &chain, complaints);

    let mut names = Names::default();
    let mut pack = facts::begin(&source, &facts, &city(&chain), &mut names, complaints);
    region.clone_into(&mut pack.region);
    pack.name = chain.last()?.name.clone();
    pack.chain = chain;
    pack.recheck = recheck;
    benefit::name_all(&layers, &mut pack, &mut names, complaints);
    facts::finish(&source, &facts, &names, &mut pack, complaints);
    benefit::fill_all(&layers, &names, &mut pack, complaints);
    if complaints.0.is_empty() {
        lints::of_pack(&layers, &pack, complaints);
    }
    Some(pack)
}

const FACTS: &str = "facts.toml";
/// The file of a region, which has a pack of benefits.
const REGION: &str = "region";
/// The file of a place of which procedures alone are known: it has a name, and benefits are those of the place above.
const PLACE: &str = "place";
/// Standards are mostly set once a year.
const RECHECK: u32 = 12;

/// The codes above a place and its own, the country first.
pub fn above(code: &str) -> Vec<String> {
    let cut = |digits: usize| code.get(..digits).map(|head| format!("{head:0<6}"));
    let mut codes = vec![COUNTRY.to_owned()];
    for code in [cut(2), cut(4), cut(6)].into_iter().flatten() {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The regions from the country down to this one, and after how many months their sources are to be read again.
pub(crate) fn chain(files: &Files, region: &str, complaints: &mut Complaints) -> Option<(Vec<Jurisdiction>, u32)> {
    let (mut chain, mut recheck) = (Vec::new(), RECHECK);
    for code in above(region) {
        if let Some((path, text)) = place_file(files, &code) {
            let file: RegionFile = complaints.read(&Source { path, text })?;
            chain.push(Jurisdiction { code, name: file.name });
            recheck = file.recheck.unwrap_or(recheck);
        }
    }
    if chain.last().is_none_or(|place| place.code != region) {
        complaints.add(&Source { path: region, text: "" }, None, "there is no region.toml for this region");
        return None;
    }
    Some((chain, recheck))
}

/// The file that names a place, by its path and text.
pub(crate) fn place_file<'a>(files: &'a Files, code: &str) -> Option<(&'a str, &'a str)> {
    let paths = [REGION, PLACE].map(|name| format!("{code}/{name}.toml"));
    let (path, text) = paths.iter().find_map(|path| files.get_key_value(path))?;
    Some((path.as_str(), text.as_str()))
}

/// The city of a place, of a county the county; where only rules above it are known, the place that was chosen.
fn city(chain: &[Jurisdiction]) -> Localised {
    let city =
        |place: &&Jurisdiction| is_county(&place.code) || place.code.ends_with("00") && !place.code.ends_with("0000");
    let city = chain.iter().rfind(city);
    city.map_or_else(|| Localised::new("您选的地方", "the place you chose"), |place| place.name.clone())
}

/// Counties and cities of a county's rank are numbered from 21, districts of a city below: GB/T 2260.
fn is_county(code: &str) -> bool {
    code.get(4..).is_some_and(|end| end > "20")
}

/// All files of each benefit along the chain, the country's first.
fn layers<'a>(files: &'a Files, chain: &[Jurisdiction], complaints: &mut Complaints) -> Layers<'a> {
    let mut layers = Layers::new();
    for place in chain {
        for (path, text) in files {
            let name = path.strip_prefix(&place.code).and_then(|rest| rest.strip_prefix('/'));
            let Some(id) = name.and_then(|name| name.strip_suffix(".toml")) else { continue };
            if [REGION, PLACE].contains(&id) || id.contains('/') {
                continue;
            }
            let source = Source { path, text };
            if let Some(file) = complaints.read::<BenefitFile>(&source) {
                layers.entry(id.to_owned()).or_default().push(Layer { region: place.code.clone(), source, file });
            }
        }
    }
    layers
}

/// A file, for complaints about it.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
}

#[derive(Default)]
pub(crate) struct Complaints(Vec<Complaint>);

impl Complaints {
    pub(crate) fn add(&mut self, source: &Source<'_>, at: Option<Range<usize>>, text: impl Into<String>) {
        let line = at.map_or(0, |at| source.text[..at.start.min(source.text.len())].matches('\n').count() + 1);
        self.0.push(Complaint { file: source.path.to_owned(), line, text: text.into() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was built, where nothing is wrong with it.
    pub(crate) fn finish<T>(mut self, built: Option<T>) -> Result<T, Vec<Complaint>> {
        match built {
            Some(built) if self.0.is_empty() => Ok(built),
            _ => {
                self.0.sort();
                self.0.dedup();
                Err(self.0)
            }
        }
    }

    /// What was found, or a complaint at its place.
    pub(crate) fn keep<T>(&mut self, source: &Source<'_>, at: Range<usize>, found: Result<T, String>) -> Option<T> {
        found.map_err(|text| self.add(source, Some(at), text)).ok()
    }

    pub(crate) fn read<T: DeserializeOwned>(&mut self, source: &Source<'_>) -> Option<T> {
        toml::from_str(source.text).map_err(|error| self.add(source, error.span(), error.message())).ok()
    }
}
