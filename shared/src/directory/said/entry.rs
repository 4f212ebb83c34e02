//! One place of a list: its name, where it is, whether it is open, what it offers, and its phone.

use chrono::NaiveDateTime;

use super::state::{StateSaid, state};
use super::sure::{HoursOf, Sure};
use crate::calendar::Classes;
use crate::directory::{Kind, Listing};
use crate::locale::Locale;

/// A place of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Its community and address.
    pub place: String,
    pub state: StateSaid,
    pub sure: Option<Sure>,
    /// `助餐、助浴 等 8 项`; empty where nobody has said.
    pub services: String,
    pub call: Call,
}

/// How a place is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// By one press.
    Dial { tel: String, number: String },
    /// Not from here, which these words say.
    Silent(String),
}

/// How many services are named before the rest is only counted.
const SERVICES: usize = 6;

impl Entry {
    /// `open` is the kind's word for what is open; `now` is civil time.
    pub fn of(locale: Locale, of: HoursOf<'_>, open: &str, now: NaiveDateTime, calendar: &impl Classes) -> Self {
        let HoursOf { listing, kind, .. } = of;
        let stands = listing.now(now, None, calendar);
        Self {
            name: listing.name.say(locale).to_owned(),
            place: where_is(locale, listing),
            state: state(locale, open, &stands, now),
            sure: of.now(locale, &stands, now.date()),
            services: services(locale, listing, kind),
            call: Call::of(locale, listing),
        }
    }
}

/// Its community and address.
pub fn where_is(locale: Locale, listing: &Listing) -> String {
    let address = listing.address.say(locale);
    match &listing.community {
        Some(community) if !address.contains(&community.name) => {
            let community = &community.name;
            say!(locale, "{community} · {address}", "{address} · {community}")
        }
        _ => address.to_owned(),
    }
}

fn services(locale: Locale, listing: &Listing, kind: &Kind) -> String {
    let names: Vec<&str> = kind.services_of(listing).map(|service| service.name.say(locale)).collect();
    let (first, more) = names.split_at(names.len().min(SERVICES));
    let text = first.join(locale.say("、", ", "));
    match (more.len(), locale) {
        (0, _) => text,
        (_, Locale::Zh) => format!("{text} 等 {} 项", names.len()),
        (more, Locale::En) => format!("{text} and {more} more"),
    }
}

impl Call {
    /// What is invented, or has no number, cannot be dialled.
    pub fn of(locale: Locale, listing: &Listing) -> Self {
        let Some(phone) = &listing.phone else {
            return Self::Silent(locale.say("没有登记电话", "No phone is known").to_owned());
        };
        let number = phone.as_str().to_owned();
        match listing.tel() {
            Some(tel) => Self::Dial { tel, number },
            None if listing.demo => {
                Self::Silent(say!(locale, "演示电话，打不通：{number}", "Demo number, cannot be called: {number}"))
            }
            None => Self::Silent(say!(locale, "电话：{number}", "Phone: {number}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::ServiceHere;
    use crate::directory::found::tests::{calendar, station, stations};

    #[test]
    fn a_place_is_said_the_same_wherever_it_is_drawn() {
        let (listing, kind) = (station("a"), stations());
        let of = HoursOf { listing: &listing, kind: &kind, is_booked: false };
        let now = "2026-05-13T10:00:00".parse().unwrap();
        let entry = Entry::of(Locale::Zh, of, "营业中", now, &calendar());
        assert_eq!((entry.name.as_str(), entry.place.as_str()), ("海珠社区长者服务站 a", "海珠社区 · 示例路 1 号"));
        assert_eq!(entry.state.text(Locale::Zh), "营业中，到 17:00");
        assert_eq!(entry.sure.map(|sure| sure.weak), Some(true), "nobody has confirmed the hours");
        assert_eq!(entry.services, "助餐");
        assert_eq!(entry.call, Call::Silent("演示电话，打不通：0755-00000001".into()));
    }

    #[test]
    fn many_services_are_named_in_part_and_counted() {
        let mut kind = stations();
        let names: Vec<_> = (0..8).map(|n| format!("s{n}")).collect();
        kind.services = names
            .iter()
            .map(|id| crate::directory::ServiceKind { id: id.clone(), ..kind.services[0].clone() })
            .collect();
        let services_here = names.iter().map(ServiceHere::of).collect();
        let listing = Listing { services: services_here, ..station("a") };
        assert!(services(Locale::Zh, &listing, &kind).ends_with(" 等 8 项"));
        assert!(services(Locale::En, &listing, &kind).ends_with(" and 2 more"));
    }
}
