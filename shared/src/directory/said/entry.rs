//! One place of a list: its name, where it is, whether it is open, what it offers, and its phone.

use chrono::NaiveDateTime;

use super::day::moment;
use super::state::StateSaid;
use super::sure::{HoursOf, Sure};
use super::{Bit, Phrase, Said};
use crate::calendar::Classes;
use crate::directory::dial::is_dialled;
use crate::directory::{Filter, Kind, Sight};
use crate::locale::Locale;

/// A place of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub name: &'a str,
    /// Where it is ([`where_is`]).
    pub place: Said<'a>,
    /// Of which service and of what time the state is, where that is not of the place now: `助餐，明天 5月14日 星期四 12:00：`.
    pub of: Option<Said<'a>>,
    pub state: StateSaid<'a>,
    pub sure: Option<Sure>,
    /// `助餐、助浴 等 8 项`, what is not there for a while, and that nobody knows of what is looked for; none where nobody has said.
    pub services: Option<Said<'a>>,
    pub call: Call<'a>,
}

/// How a place is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// By one press of this number.
    Dial(&'a str),
    /// Not from here, which these words say.
    Silent(Said<'a>),
}

/// How many services are named before the rest is only counted.
const SERVICES: usize = 6;

impl<'a> Entry<'a> {
    /// As it stands for what is looked for: at that time, and the service where it keeps hours of its own or is not there for a while.
    /// `open` is the kind's word for what is open; `now` is civil time.
    pub fn of(
        locale: Locale,
        of: HoursOf<'a>,
        (kind, filter): (&'a Kind, &Filter),
        open: Bit<'a>,
        now: NaiveDateTime,
        calendar: &impl Classes,
    ) -> Self {
        let place = of.place;
        let at = filter.open_at.map_or(now, |when| when.instant(now));
        let differs = |service: &&str| place.hours.has_own(Some(service)) || place.is_suspended(service, at);
        let service = filter.service.as_deref().filter(differs);
        let stands = place.now(at, service, calendar);
        let name = service.and_then(|id| kind.service(id)).map(|service| service.name.say(locale));
        Self {
            name: place.name.say(locale),
            place: where_is(locale, &place),
            of: asked(locale, name, at, now),
            state: of.state(locale, open, &stands, at),
            sure: of.now(locale, &stands, now.date()),
            services: services(locale, &place, (kind, filter), at),
            call: Call::of(&place),
        }
    }
}

/// A service, and a time that is not now.
fn asked(locale: Locale, service: Option<&str>, at: NaiveDateTime, now: NaiveDateTime) -> Option<Said<'_>> {
    let is_later = at != now;
    if service.is_none() && !is_later {
        return None;
    }
    let mut said = Said::from(Phrase::Of);
    if let Some(service) = service {
        if is_later {
            said.push(Bit::Phrase(Phrase::Both));
        }
        said.add(Said::plain(service));
    }
    if is_later {
        moment(&mut said, locale, at, now);
    }
    Some(said)
}

/// Its address, and in Chinese its community: of that a list has no English name.
pub fn where_is<'a>(locale: Locale, place: &Sight<'a>) -> Said<'a> {
    let address = place.address.say(locale);
    match place.community.filter(|_| locale == Locale::Zh) {
        Some((_, community)) if !holds(address, community) => {
            Said::new(&[Bit::Phrase(Phrase::Dotted), Bit::Text(community), Bit::Text(address)])
        }
        _ => Said::plain(address),
    }
}

/// Byte by byte: the library's search is made for long texts, and a phone would load it for this alone.
fn holds(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

fn services<'a>(
    locale: Locale,
    place: &Sight<'a>,
    (kind, filter): (&'a Kind, &Filter),
    at: NaiveDateTime,
) -> Option<Said<'a>> {
    let (mut here, mut off) = (Vec::new(), Vec::new());
    for service in &kind.services {
        if place.service(&service.id).is_some() {
            let names = if place.is_suspended(&service.id, at) { &mut off } else { &mut here };
            names.push(service.name.say(locale));
        }
    }
    let (mut all, mut parts) = (Said::default(), 0);
    let mut say = |phrase: Option<Phrase>, names: &[&'a str]| {
        parts += 1;
        if let Some(phrase) = phrase {
            all.push(Bit::Phrase(phrase));
        }
        named(&mut all, locale, names);
    };
    if !here.is_empty() {
        say(None, &here);
    }
    if !off.is_empty() {
        say(Some(Phrase::Suspended), &off);
    }
    if filter.is_unsure(place, kind) {
        let is_price = filter.service.is_none();
        say(Some(if is_price { Phrase::PriceUnknown } else { Phrase::ServiceUnknown }), &[]);
    }
    let mut said = Said::default();
    for _ in 1..parts {
        said.push(Bit::Phrase(Phrase::Also));
    }
    said.add(all);
    (parts > 0).then_some(said)
}

/// A few of these names, and how many there are; nothing of none.
fn named<'a>(said: &mut Said<'a>, locale: Locale, names: &[&'a str]) {
    let count = names.len();
    let Some(last) = count.min(SERVICES).checked_sub(1) else { return };
    let end = if count > SERVICES { Phrase::AndMore } else { Phrase::Plain };
    for (n, name) in names.iter().take(SERVICES).enumerate() {
        let phrase = if n < last { Phrase::More } else { end };
        said.push(Bit::Phrase(phrase));
        said.push(Bit::Text(name));
    }
    if count > SERVICES {
        let counted = if locale == Locale::Zh { count } else { count - SERVICES };
        said.push(Bit::Number(u32::try_from(counted).unwrap_or(u32::MAX)));
    }
}

impl<'a> Call<'a> {
    /// What is invented, or has no number, cannot be dialled.
    pub fn of(place: &Sight<'a>) -> Self {
        match place.phone {
            None => Self::Silent(Phrase::NoPhone.into()),
            Some(number) if place.is_demo => {
                Self::Silent(Said::new(&[Bit::Phrase(Phrase::DemoPhone), Bit::Text(number)]))
            }
            Some(number) if is_dialled(number) => Self::Dial(number),
            Some(number) => Self::Silent(Said::new(&[Bit::Phrase(Phrase::Phone), Bit::Text(number)])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::found::tests::{calendar, station, stations};
    use crate::directory::{Listing, ServiceHere};
    use crate::hours::{Change, ChangeKind};
    use crate::localised::Localised;

    #[test]
    fn a_place_is_said_the_same_wherever_it_is_drawn() {
        let (listing, kind) = (station("a"), stations());
        let of = HoursOf { place: listing.sight(), ages: kind.ages, is_booked: false };
        let now = "2026-05-13T10:00:00".parse().unwrap();
        let entry = Entry::of(Locale::Zh, of, (&kind, &Filter::default()), Bit::Text("营业中"), now, &calendar());
        let place = entry.place.text(Locale::Zh);
        assert_eq!((entry.name, place.as_str()), ("海珠社区长者服务站 a", "海珠社区 · 示例路 1 号"));
        assert_eq!(where_is(Locale::En, &listing.sight()).text(Locale::En), "1 Sample Road");
        assert_eq!((entry.of, entry.state.text(Locale::Zh).as_str()), (None, "营业中，到 17:00"));
        assert_eq!(entry.sure.map(|sure| sure.weak), Some(true), "nobody has confirmed the hours");
        assert_eq!(entry.services.map(|said| said.text(Locale::Zh)).as_deref(), Some("助餐"));
        let Call::Silent(why) = entry.call else { panic!("it is invented") };
        assert_eq!(why.text(Locale::Zh), "演示电话，打不通：0755-00000001");
    }

    #[test]
    fn where_times_are_given_out_and_nobody_has_confirmed_the_place_for_long_one_calls_first() {
        let (listing, kind) = (station("a"), stations());
        let said = |now: &str, is_booked| {
            let of = HoursOf { place: listing.sight(), ages: kind.ages, is_booked };
            let (now, open) = (now.parse().unwrap(), Bit::Text("营业中"));
            let entry = Entry::of(Locale::Zh, of, (&kind, &Filter::default()), open, now, &calendar());
            entry.sure.map(|sure| (sure.said.text(Locale::Zh), sure.weak)).unwrap()
        };
        let booked = ("预约的时间也在这里面；网上随时可以约".to_owned(), false);
        assert_eq!(said("2026-05-13T10:00:00", true), booked);
        // Confirmed on the first of May two years before.
        let (words, weak) = said("2028-05-10T10:00:00", true);
        assert!(weak && words.contains("740 天") && words.contains("去之前先打电话"), "{words}");
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
        let (all, at) = (Filter::default(), "2026-05-13T10:00:00".parse().unwrap());
        let said = |locale| {
            services(locale, &listing.sight(), (&kind, &all), at).map(|said| said.text(locale)).unwrap_or_default()
        };
        assert_eq!(said(Locale::Zh), "助餐、助餐、助餐、助餐、助餐、助餐 等 8 项");
        assert!(said(Locale::En).ends_with(", meals and 2 more"), "{}", said(Locale::En));
        let none = Listing { services: Vec::new(), ..station("b") };
        assert_eq!(services(Locale::Zh, &none.sight(), (&kind, &all), at), None);
    }

    /// Of the first day of a suspension of meals, and as `service` and `price` are looked for.
    fn looked_for(listing: Listing, service: Option<&str>, most_yuan: Option<u32>) -> (String, String) {
        let off = Change {
            from: "2026-05-13T00:00:00".parse().unwrap(),
            to: "2026-05-20T00:00:00".parse().unwrap(),
            kind: ChangeKind::WithoutService("meals".into()),
            reason: Localised::new("厨房维修", "Repairs"),
        };
        let (kind, times) = (stations(), listing.times.clone().with(vec![off]).unwrap());
        let listing = Listing { times, ..listing };
        let filter = Filter { service: service.map(str::to_owned), most_yuan, ..Filter::default() };
        let of = HoursOf { place: listing.sight(), ages: kind.ages, is_booked: false };
        let now = "2026-05-13T10:00:00".parse().unwrap();
        let entry = Entry::of(Locale::Zh, of, (&kind, &filter), Bit::Text("营业中"), now, &calendar());
        let services = entry.services.map(|said| said.text(Locale::Zh)).unwrap_or_default();
        let of = entry.of.map(|said| said.text(Locale::Zh)).unwrap_or_default();
        (services, of + &entry.state.text(Locale::Zh))
    }

    #[test]
    fn a_service_that_is_suspended_is_not_offered() {
        let both = Listing { services: ["meals", "bathing"].map(ServiceHere::of).into(), ..station("a") };
        let (services, state) = looked_for(both.clone(), None, None);
        assert_eq!((services.as_str(), state.as_str()), ("助浴；暂停：助餐", "营业中，到 17:00"));
        let (services, state) = looked_for(both, Some("meals"), None);
        assert_eq!(
            (services.as_str(), state.as_str()),
            ("助浴；暂停：助餐", "助餐：现在关着，5月20日 星期三 09:00 开")
        );
        assert_eq!(looked_for(station("b"), None, None).0, "暂停：助餐");
    }

    #[test]
    fn what_nobody_knows_of_what_is_looked_for_is_said() {
        let silent = || Listing { services: Vec::new(), ..station("a") };
        assert_eq!(looked_for(silent(), None, None).0, "");
        assert_eq!(looked_for(silent(), Some("bathing"), None).0, "有没有这项服务不清楚，先打电话问");
        assert_eq!(looked_for(silent(), None, Some(15)).0, "收多少钱不清楚，先打电话问");
        assert_eq!(looked_for(station("b"), Some("bathing"), None).0, "暂停：助餐", "it says what it offers");
    }
}
