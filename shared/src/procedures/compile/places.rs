//! Where procedures have files.

use crate::eligibility::compile::{Files, above, place_file};

/// The procedures that a region or a place above it has a file of, in order of their names.
pub fn names<'a>(files: &'a Files, region: &str) -> Vec<&'a str> {
    let above = above(region);
    let of_region = |path| named(path).filter(|(code, _)| above.iter().any(|known| known == code));
    let mut found: Vec<&str> = files.keys().filter_map(|path| of_region(path.as_str())).map(|(_, id)| id).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every place with a file of a procedure, and the procedure, in order of their codes.
pub fn places(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files.keys().filter_map(|path| named(path))
}

/// The place that is nearest above (or at) a division code and has a name, whether or not there is a pack of benefits.
pub fn nearest_place<'a>(files: &'a Files, code: &str) -> Option<&'a str> {
    let places = above(code);
    let (path, _) = places.iter().rev().find_map(|place| place_file(files, place))?;
    path.split('/').next()
}

/// `440300` and `green_burial` of `440300/procedures/green_burial.toml`.
fn named(path: &str) -> Option<(&str, &str)> {
    let (code, rest) = path.split_once("/procedures/")?;
    let id = rest.strip_suffix(".toml").filter(|id| !id.contains('/'))?;
    Some((code, id))
}
