//! One invented station, from its street and community.

use std::collections::BTreeMap;

use chrono::Days;
use shared::calendar::DayClass;
use shared::dice::Dice;
use shared::directory::access::Feature;
use shared::directory::{Access, Area, Capacity, Confirmation, Dial, Fact, Listing, Section, ServiceHere, Spot, Times};
use shared::hours::{On, Rule, Span, Status};
use shared::localised::Localised;
use shared::places::{Coordinates, Datum, PlaceId};

use super::{Community, Street, in_english};
use crate::region::{Damaged, Founding};

pub(super) const KIND: &str = "elderly_station";
const BY: &str = "演示数据";
/// How far from the middle of its street, in millionths of a degree: some 900 m.
const SPREAD: i32 = 8_000;
/// Days before the demonstration was made: so many of them nobody had confirmed for a while, and so many for more than a year.
const DAYS_AGO: [u64; 12] = [3, 8, 12, 20, 25, 31, 40, 47, 55, 63, 130, 400];

/// A street, as the stations of it are invented.
pub(super) struct Seen<'a> {
    pub founding: Founding<'a>,
    pub street: &'a Street,
    pub source: &'a str,
}

struct Sketch<'a> {
    id: PlaceId,
    tier: &'a str,
    parent: Option<PlaceId>,
    name: Localised,
    /// Where in the street.
    at: Localised,
    community: Option<&'a Community>,
    services: &'a [&'a str],
}

impl Seen<'_> {
    pub(super) fn centre(&self) -> Result<Listing, Damaged> {
        let Street { code, zh, .. } = self.street;
        let english = in_english(code)?;
        let services = ["meals", "day_care", "bathing", "health", "rehabilitation", "culture", "home_visit", "respite"];
        self.listing(Sketch {
            id: id(&format!("es-{code}"))?,
            tier: "street_centre",
            parent: None,
            name: Localised::new(format!("{zh}长者服务中心（演示）"), format!("{english} Elderly Centre (demo)")),
            at: Localised::new(zh, english),
            community: None,
            services: &services,
        })
    }

    pub(super) fn station(&self, community: &Community, parent: Option<PlaceId>) -> Result<Listing, Damaged> {
        let (zh, english) = (&community.zh, in_english(&community.code)?);
        self.listing(Sketch {
            id: Self::station_id(community)?,
            tier: "community_station",
            parent,
            name: Localised::new(format!("{zh}长者服务站（演示）"), format!("{english} Elderly Station (demo)")),
            at: Localised::new(zh, english),
            community: Some(community),
            services: &["meals", "meal_delivery", "day_care", "health", "culture", "home_visit"],
        })
    }

    pub(super) fn point(&self, community: &Community, parent: Option<PlaceId>) -> Result<Listing, Damaged> {
        let Community { code, zh } = community;
        let english = in_english(code)?;
        let short = english.trim_end_matches(" Community");
        self.listing(Sketch {
            id: id(&format!("ep-{code}"))?,
            tier: "point",
            parent,
            name: Localised::new(format!("{zh}演示花园长者服务点"), format!("{short} Demo Garden Elderly Point")),
            at: Localised::new(format!("{zh}演示花园"), format!("Demo Garden, {english}")),
            community: Some(community),
            services: &["culture", "meal_delivery", "home_visit"],
        })
    }

    pub(super) fn station_id(community: &Community) -> Result<PlaceId, Damaged> {
        id(&format!("es-{}", community.code))
    }

    fn listing(&self, sketch: Sketch<'_>) -> Result<Listing, Damaged> {
        let mut dice = Dice::of(sketch.id.as_str());
        let number = 1 + dice.below(200);
        let street = self.street;
        let mut near = |middle: i32| middle + dice.below(2 * SPREAD.unsigned_abs()).cast_signed() - SPREAD;
        // Five decimals, as points are published.
        let point = [near(street.latitude), near(street.longitude)].map(|degrees| degrees / 10 * 10);
        let phone = format!("0755-0000{:04}", 1_000 + dice.below(9_000));
        let times = times(sketch.tier, dice.below(4)).map_err(|_| Damaged("hours that cannot be meant".to_owned()))?;
        let on = self.founding.today - Days::new(DAYS_AGO[dice.below(12) as usize]);
        let confirmation = Confirmation { on, by: BY.to_owned() };
        let is_centre = sketch.tier == "street_centre";
        let access = access(&mut dice, is_centre);
        let capacity = is_centre.then(|| Capacity {
            // With ten and more it may be a home for the elderly (养老机构), which registers and files as one.
            beds: Some(2 + dice.below(8)),
            nursing_beds: None,
            places: Some(30),
            as_of: on,
        });
        let is_known = times.rules().iter().any(|rule| rule.status != Status::Unknown);
        let said = |section: &Section| match section {
            Section::Hours => is_known,
            Section::Access => access.is_known(),
            Section::Capacity => capacity.is_some(),
            Section::Grade => false,
            _ => true,
        };
        let confirmed: BTreeMap<_, _> = Section::ALL
            .iter()
            .filter(|section| said(section))
            .map(|section| (*section, confirmation.clone()))
            .collect();
        Ok(Listing {
            id: sketch.id,
            kind: KIND.to_owned(),
            tier: Some(sketch.tier.to_owned()),
            parent: sketch.parent,
            name: sketch.name,
            address: Localised::new(
                format!("{}演示路 {number} 号（虚构）", sketch.at.zh),
                format!("{number} Demo Road, {} (invented)", sketch.at.en),
            ),
            division: self.founding.code.to_owned(),
            street: Some(Area { code: street.code.clone(), name: street.zh.clone() }),
            community: sketch.community.map(|one| Area { code: one.code.clone(), name: one.zh.clone() }),
            spot: Coordinates::new(point[0], point[1], Datum::Gcj02).map(Spot::of),
            phone: Dial::parse(&phone).ok(),
            directions: None,
            demo: true,
            times,
            services: sketch.services.iter().map(|service| offered(service)).collect(),
            access,
            capacity,
            grade: None,
            confirmed,
            closed: None,
            source: self.source.to_owned(),
            checked: on,
        })
    }
}

fn id(text: &str) -> Result<PlaceId, Damaged> {
    PlaceId::parse(text).map_err(|_| Damaged(format!("`{text}` is no id")))
}

fn offered(service: &str) -> ServiceHere {
    let (price_fen, who) = match service {
        "meals" | "meal_delivery" => (Some(1_500), Localised::new("60 岁以上的人", "People of 60 and over")),
        "culture" | "health" => (Some(0), Localised::new("", "")),
        _ => (None, Localised::new("", "")),
    };
    ServiceHere { service: service.to_owned(), price_fen, who }
}

/// A centre or a station serves meals at hours of their own; some points only say that one calls first.
fn times(tier: &str, roll: u32) -> Result<Times, shared::field::FieldErrors> {
    let weekdays = |days: &[u32]| On::Weekdays(days.to_vec());
    let workdays = &[1, 2, 3, 4, 5];
    let everyday = &[1, 2, 3, 4, 5, 6, 7];
    let on_holidays = |service| rule(On::Classes(vec![DayClass::StatutoryHoliday]), &[], service);
    // Nobody is served a meal behind a closed door.
    let meals = |days: &[u32], lunch_ends, supper_ends| {
        rule(weekdays(days), &[("11:00", lunch_ends), ("16:30", supper_ends)], Some("meals"))
    };
    let closed = [on_holidays(None), on_holidays(Some("meals"))];
    let rules = match (tier, roll) {
        ("street_centre", _) => {
            vec![rule(weekdays(everyday), &[("08:00", "18:00")], None), meals(everyday, "13:00", "18:00")]
        }
        ("community_station", 0) => {
            let days = &[1, 2, 3, 4, 5, 6];
            let open = [rule(weekdays(days), &[("08:30", "17:30")], None), meals(days, "13:00", "17:30")];
            open.into_iter().chain(closed).collect()
        }
        ("community_station", _) => {
            let open = rule(weekdays(workdays), &[("09:00", "12:00"), ("14:00", "17:30")], None);
            [open, meals(workdays, "12:00", "17:30")].into_iter().chain(closed).collect()
        }
        (_, 0) => {
            let unknown = Rule { status: Status::Unknown, ..rule(weekdays(everyday), &[], None) };
            vec![unknown]
        }
        _ => vec![rule(weekdays(workdays), &[("09:00", "11:30"), ("14:30", "17:00")], None)],
    };
    Times::read(rules, Vec::new())
}

fn rule(on: On, spans: &[(&str, &str)], service: Option<&str>) -> Rule {
    let spans: Vec<_> =
        spans.iter().map(|(opens, closes)| Span { opens: (*opens).into(), closes: (*closes).into() }).collect();
    let status = if spans.is_empty() { Status::Closed } else { Status::Open };
    Rule { from: None, to: None, on, status, spans, note: None, service: service.map(str::to_owned) }
}

fn access(dice: &mut Dice, is_centre: bool) -> Access {
    let mut access = Access::default();
    for feature in Feature::ALL {
        let fact = match dice.below(4) {
            _ if is_centre && *feature != Feature::Parking => Fact::Yes,
            0 => Fact::No,
            1 => Fact::Unknown,
            _ => Fact::Yes,
        };
        access.set(*feature, fact);
    }
    access
}
