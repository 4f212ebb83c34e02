//! The invented city as a file that an office would send.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use shared::{
    directory::{Fact, Kind, Listing, Spot},
    hours::written,
    invented::city::city,
};

use super::KIND;
use crate::Outcome;

const HEADINGS: [&str; 17] = [
    "编号",
    "名称",
    "英文名称",
    "类型",
    "地址",
    "英文地址",
    "所属区",
    "街道",
    "街道代码",
    "社区",
    "社区代码",
    "纬度",
    "经度",
    "电话",
    "开放时间",
    "服务项目",
    "入口没有台阶",
];
/// The day on which the list was right.
pub const CHECKED: &str = "2026-05-01";

/// The kind of the demonstration's stations, as the portal has it.
fn kind() -> Outcome<Kind> {
    let kind: Kind = toml::from_str(include_str!("../../../../server/kinds/elderly_station.toml"))?;
    assert_eq!(kind.id, KIND, "the file is that of the kind");
    Ok(kind)
}

/// Writes so many places.
pub fn write(file: &Path, places: usize) -> Outcome<()> {
    let kind = kind()?;
    let mut file = BufWriter::new(File::create(file)?);
    line(&mut file, HEADINGS.map(str::to_owned))?;
    for listing in city(&kind, u32::try_from(places)?, CHECKED.parse()?) {
        line(&mut file, cells(&kind, &listing))?;
    }
    Ok(file.flush()?)
}

/// Writes so many lines of which each is a place, and nothing that differs but its number.
pub fn write_lines(file: &Path, lines: usize) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(file)?);
    writeln!(file, "编号,名称,地址,电话,开放时间")?;
    for n in 0..lines {
        writeln!(file, "line-{n},演示站 {n},示例路 {n} 号（虚构）,0755-00000101,周一至周五 9:00-17:00")?;
    }
    Ok(file.flush()?)
}

fn line<const N: usize>(file: &mut impl Write, cells: [String; N]) -> Outcome<()> {
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    Ok(writeln!(file, "{}", quoted.join(","))?)
}

fn cells(kind: &Kind, listing: &Listing) -> [String; HEADINGS.len()] {
    let tier = listing.tier.as_deref().and_then(|id| kind.tier(id)).map(|tier| tier.name.zh.clone());
    let area = |area: &Option<shared::directory::Area>| {
        area.as_ref().map_or_else(Default::default, |area| (area.name.clone(), area.code.clone()))
    };
    let ((street, street_code), (community, community_code)) = (area(&listing.street), area(&listing.community));
    let point = listing.spot.map(Spot::coordinates);
    let degrees = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1e6);
    let services = listing.services.iter().filter_map(|here| kind.service(&here.service));
    let services: Vec<&str> = services.map(|service| service.name.zh.as_str()).collect();
    let step_free = match listing.access.step_free_entrance {
        Fact::Yes => "有",
        Fact::No => "没有",
        Fact::Unknown => "",
    };
    [
        listing.id.to_string(),
        listing.name.zh.clone(),
        listing.name.en.clone(),
        tier.unwrap_or_default(),
        listing.address.zh.clone(),
        listing.address.en.clone(),
        listing.division.clone(),
        street,
        street_code,
        community,
        community_code,
        point.map_or_else(String::new, |point| degrees(point.latitude)),
        point.map_or_else(String::new, |point| degrees(point.longitude)),
        listing.phone.as_ref().map_or_else(String::new, |phone| phone.as_str().to_owned()),
        written::write(listing.times.rules(), |_| None).unwrap_or_default(),
        services.join("、"),
        step_free.to_owned(),
    ]
}
