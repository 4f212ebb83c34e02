//! A file of ours that comes in again over the same places changes nothing of them, whatever is said there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use server::directory::export;
use server::directory::file::text::Written;
use server::directory::import::{Options, Preview, Read};
use shared::calendar::DayClass;
use shared::dice::Dice;
use shared::directory::access::Feature;
use shared::directory::{
    Access, Area, Capacity, Closed, Confirmation, Dial, Fact, Grade, Listing, Section, ServiceHere, Spot, Times,
};
use shared::hours::{On, Rule, Span, Status};
use shared::localised::Localised;
use shared::places::{Coordinates, Datum, PlaceId};

use super::files::{kind, options, over, read};

const PLACES: u32 = 400;
const PHONES: [&str; 7] =
    ["0755-00000101", "0755-12345678-8001", "26661013", "12345", "138 0000 0000", "+86 755 2666 1013", ""];
const WHO: [&str; 6] = ["", "60 岁以上", "户籍老人（70岁以上）", "低保，特困", "a,b", "免费"];

fn pick<'a, T>(dice: &mut Dice, all: &'a [T]) -> &'a T {
    &all[dice.below(u32::try_from(all.len()).unwrap()) as usize]
}

/// One of three: said in both languages, in one, or not at all.
fn words(dice: &mut Dice, zh: &str, en: &str) -> Option<Localised> {
    [Some(Localised::new(zh, en)), Some(Localised::new(zh, zh)), None][dice.below(3) as usize].clone()
}

fn times(dice: &mut Dice) -> Times {
    let rule = |on, status, spans: &[[&str; 2]]| Rule {
        from: None,
        to: None,
        on,
        status,
        spans: spans.iter().map(|[opens, closes]| Span { opens: (*opens).into(), closes: (*closes).into() }).collect(),
        note: None,
        service: None,
    };
    let open = rule(On::Weekdays((1..=5).collect()), Status::Open, &[["09:00", "12:00"], ["14:00", "17:30"]]);
    let rules = match dice.below(6) {
        0 => return Times::default(),
        1 => return Times::default().announced(Some("白天".to_owned())),
        2 => vec![open],
        3 => vec![
            open,
            rule(On::Classes(vec![DayClass::StatutoryHoliday, DayClass::RestOfHoliday]), Status::Closed, &[]),
        ],
        4 => vec![Rule { service: Some("meals".to_owned()), ..open }],
        // What only data can say.
        _ => vec![Rule { from: "2026-05-01".parse().ok(), note: Some(Localised::new("夏季", "In summer")), ..open }],
    };
    Times::read(rules, Vec::new()).unwrap()
}

fn listing(n: u32) -> Listing {
    let dice = &mut Dice::of(&format!("a place {n}"));
    let division = *pick(dice, &["440305", "440304"]);
    let area = |dice: &mut Dice, digits: &str, name: &str| {
        (dice.below(3) > 0).then(|| Area { code: format!("{division}{digits}"), name: format!("演示{name}") })
    };
    let (street, community) = (area(dice, "900", "街道"), area(dice, "900901", "社区"));
    let datum = *pick(dice, &[Datum::Wgs84, Datum::Cgcs2000, Datum::Gcj02, Datum::Bd09]);
    let [latitude, longitude] = [(22_500_000, 80_000), (113_900_000, 80_000)]
        .map(|(from, size): (i32, u32)| from + dice.below(size).cast_signed());
    let point = Coordinates::new(latitude, longitude, datum).filter(|_| dice.below(4) > 0);
    let mut access = Access::default();
    for feature in Feature::ALL {
        access.set(*feature, *pick(dice, &[Fact::Yes, Fact::No, Fact::Unknown, Fact::Unknown]));
    }
    let services = kind().services.iter().filter_map(|service| {
        let (who, price_fen) = (*pick(dice, &WHO), *pick(dice, &[None, Some(0), Some(1_550)]));
        let who = Localised::new(who, if who == "a,b" { "English" } else { who });
        (dice.below(3) == 0).then(|| ServiceHere { price_fen, who, ..ServiceHere::of(&service.id) })
    });
    let services = services.collect();
    let day =
        |dice: &mut Dice| -> NaiveDate { format!("2026-0{}-1{}", 1 + dice.below(5), dice.below(10)).parse().unwrap() };
    let count = |dice: &mut Dice| Some(dice.below(90)).filter(|beds| *beds > 30);
    let capacity = Capacity { beds: Some(7), nursing_beds: count(dice), places: count(dice), as_of: day(dice) };
    let grade = words(dice, "五星级", "Five stars").map(|grade| Grade {
        grade,
        issuer: Localised::new("演示协会", "Demo Association"),
        on: day(dice),
    });
    let closed = Closed {
        on: day(dice),
        reason: Localised::new("最新的名单里没有了。", "It is not on the latest list any more."),
    };
    let mut listing = Listing {
        id: PlaceId::parse(&format!("place-{n:03}")).unwrap(),
        kind: kind().id.clone(),
        tier: kind().tiers.get(dice.below(4) as usize).map(|tier| tier.id.clone()),
        parent: (n > 9 && dice.below(2) == 0).then(|| PlaceId::parse(&format!("place-{:03}", n % 10)).unwrap()),
        name: Localised::new(format!("演示站 {n}"), format!("Demo station {n}")),
        address: words(dice, "示例路 1 号", "1 Sample Road").unwrap_or_else(|| Localised::new("", "")),
        division: division.to_owned(),
        street,
        community,
        spot: point.map(Spot::of),
        phone: Dial::parse(pick::<&str>(dice, &PHONES)).ok(),
        directions: words(dice, "地铁 1 号线", "Line 1"),
        demo: dice.below(2) == 0,
        times: times(dice),
        services,
        access,
        capacity: (dice.below(2) == 0).then_some(capacity),
        grade,
        confirmed: BTreeMap::new(),
        closed: (dice.below(8) == 0).then_some(closed),
        source: "更早的名单".to_owned(),
        checked: day(dice),
    };
    let sections = [
        (Section::Contact, listing.phone.is_some()),
        (Section::Location, true),
        (Section::Hours, listing.times != Times::default()),
        (Section::Services, !listing.services.is_empty()),
        (Section::Access, listing.access.is_known()),
        (Section::Capacity, listing.capacity.is_some()),
        (Section::Grade, listing.grade.is_some()),
    ];
    for (section, _) in sections.into_iter().filter(|(_, says)| *says) {
        let by = format!("演示部门 {}", dice.below(3));
        listing.confirmed.insert(section, Confirmation { on: day(dice), by });
    }
    listing
}

#[test]
fn our_own_file_over_the_same_places_changes_nothing() {
    let known: Vec<Listing> = (0..PLACES).map(listing).collect();
    let before = over(&known);
    let options = Options { checked: "2026-08-01".parse().unwrap(), demo: false, ..options() };
    for (name, file) in [
        ("csv", export::csv(kind(), &known, Written::Utf8)),
        ("gb18030", export::csv(kind(), &known, Written::Gb18030)),
        ("measured", export::geojson(kind(), &known, true)),
        ("unmeasured", export::geojson(kind(), &known, false)),
    ] {
        let Read { mut listings, unknown, mistakes, .. } = read(&file, &before, &options);
        assert_eq!((mistakes.first(), unknown), (&[][..], vec![]), "{name}");
        listings.sort_by_key(|one| one.id.clone());
        for (found, known) in listings.iter().zip(&known) {
            assert_eq!(found, known, "{name}");
        }
        let preview = Preview::of(listings, &before, &options);
        assert_eq!((preview.same, preview.gone.len()), (known.len(), 0), "{name}");
    }
}

#[test]
fn our_own_file_where_nothing_is_known_makes_the_same_places_but_who_confirmed_them_and_what_it_cannot_say() {
    let known: Vec<Listing> = (0..PLACES).map(listing).collect();
    let only_said = |listing: &Listing| Listing {
        spot: listing.spot.filter(|_| false),
        services: listing
            .services
            .iter()
            .map(|one| ServiceHere { who: Localised::new(one.who.zh.clone(), ""), ..one.clone() })
            .collect(),
        grade: listing.grade.as_ref().map(|grade| Grade {
            grade: Localised::new(grade.grade.zh.clone(), ""),
            issuer: Localised::new(grade.issuer.zh.clone(), ""),
            on: grade.on,
        }),
        closed: listing
            .closed
            .as_ref()
            .map(|one| Closed { reason: Localised::new(one.reason.zh.clone(), ""), on: one.on }),
        capacity: listing.capacity.map(|capacity| Capacity { as_of: options().checked, ..capacity }),
        confirmed: BTreeMap::new(),
        source: String::new(),
        checked: options().checked,
        ..listing.clone()
    };
    // One without its area code is no phone that a list may bring.
    let known: Vec<Listing> = known.into_iter().filter(|one| one.phone != Dial::parse("26661013").ok()).collect();
    let known: Vec<Listing> = known.into_iter().map(|one| Listing { parent: None, ..one }).collect();
    for wgs84 in [true, false] {
        let file = export::geojson(kind(), &known, wgs84);
        let Read { mut listings, mistakes, .. } = read(&file, &over(&[]), &Options { demo: false, ..options() });
        assert_eq!(mistakes.first(), []);
        listings.sort_by_key(|one| one.id.clone());
        for (found, known) in listings.iter().zip(&known) {
            assert_eq!(only_said(found), only_said(known));
            let published = |one: &Listing| one.spot.map(Spot::published);
            assert_eq!(published(found), published(known), "every point comes back, as it is published");
            assert!(found.confirmed.values().all(|one| known.confirmed.values().any(|other| other.on == one.on)));
            assert!(found.confirmed.values().all(|one| known.confirmed.values().all(|other| other.on >= one.on)));
        }
    }
}
