//! What somebody looks for, as it stands in the address of a page and in its heading.

use chrono::{NaiveDateTime, Timelike};

use super::kind::Kind;
use super::listing::Listing;
use super::section::ServiceHere;
use crate::calendar::Calendar;
use crate::directory::refusal::BadFilter;
use crate::field::{Asked, FieldErrors, Reason};
use crate::hours::State;
use crate::locale::Locale;

/// Only what fits all of these; the default takes everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of a name, an address or a community.
    pub q: String,
    /// By its name in the kind.
    pub service: Option<String>,
    pub open_at: Option<When>,
    /// By its name in the kind.
    pub tier: Option<String>,
    pub step_free: bool,
    /// The service that is looked for, or any where none is, costs nothing.
    pub free_of_charge: bool,
    /// As [`Self::free_of_charge`]: it is known to cost at most so many yuan.
    pub most_yuan: Option<u32>,
    /// Division code of nine digits.
    pub street: Option<String>,
    /// Division code of twelve digits.
    pub community: Option<String>,
}

/// An instant somebody wants to come at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// In civil time of Shanghai.
    At(NaiveDateTime),
}

/// The highest price that somebody may name.
const MOST_YUAN: u32 = 9_999;
/// Characters of the words.
pub const LONGEST_WORDS: usize = 60;
const WORDS: &Asked = &Asked::typed("q_missing", ("请写要找什么。", "Say what you look for."), ("要找的", "words"));
const SERVICE: &Asked =
    &Asked::one_of("service_missing", "请从列出的服务中选择。", "Choose one of the services that are listed.");
const TIER: &Asked =
    &Asked::one_of("tier_missing", "请从列出的类型中选择。", "Choose one of the types that are listed.");
const AREA: &Asked = &Asked::one_of(
    "area_missing",
    "请从列出的街道和社区中选择。",
    "Choose one of the streets and communities that are listed.",
);

impl Filter {
    /// From the names and values of a query; names that are none of its own are left to whoever else reads them.
    ///
    /// # Errors
    /// One for each value that cannot be meant.
    pub fn read<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
        kind: &Kind,
    ) -> Result<Self, FieldErrors> {
        let (mut errors, mut filter) = (FieldErrors::new(), Self::default());
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref().trim());
            if value.is_empty() {
                continue;
            }
            let one_of =
                |asked, known: bool| if known { Ok(Some(value.to_owned())) } else { Err(Reason::NotOffered(asked)) };
            match name {
                "q" => filter.q = errors.keep(name, words(value)).unwrap_or_default(),
                "service" => {
                    filter.service = errors.keep(name, one_of(SERVICE, kind.service(value).is_some())).flatten();
                }
                "tier" => filter.tier = errors.keep(name, one_of(TIER, kind.tier(value).is_some())).flatten(),
                "street" => filter.street = errors.keep(name, one_of(AREA, is_code(value, 9))).flatten(),
                "community" => filter.community = errors.keep(name, one_of(AREA, is_code(value, 12))).flatten(),
                "open_at" => filter.open_at = errors.keep(name, When::read(value)),
                "step_free" => filter.step_free = errors.keep(name, switch(value)).unwrap_or_default(),
                "free" => filter.free_of_charge = errors.keep(name, switch(value)).unwrap_or_default(),
                "most" => filter.most_yuan = errors.keep(name, yuan(value)),
                _ => {}
            }
        }
        errors.into_result().map(|()| filter)
    }

    /// The names and values that [`Self::read`] reads it from.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let said = |name, value: &Option<String>| value.clone().map(|value| (name, value));
        let switch = |name, on: bool| on.then(|| (name, "1".to_owned()));
        let q = Some(self.q.clone()).filter(|q| !q.is_empty());
        let all = [
            q.map(|q| ("q", q)),
            said("service", &self.service),
            self.open_at.map(|when| ("open_at", when.text())),
            said("tier", &self.tier),
            switch("step_free", self.step_free),
            switch("free", self.free_of_charge),
            self.most_yuan.map(|yuan| ("most", yuan.to_string())),
            said("street", &self.street),
            said("community", &self.community),
        ];
        all.into_iter().flatten().collect()
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a place is one of those that are looked for, whatever its name.
    pub fn fits(&self, listing: &Listing, now: NaiveDateTime, calendar: &Calendar) -> bool {
        let offers = |id: &String| listing.service(id).is_some();
        let is_asked = |here: &&ServiceHere| self.service.as_ref().is_none_or(|id| here.service == *id);
        let asked = || listing.services.iter().filter(is_asked);
        let lies_in = |area: &Option<super::Area>, code: &String| area.as_ref().is_some_and(|area| area.code == *code);
        self.service.as_ref().is_none_or(offers)
            && self.tier.as_ref().is_none_or(|tier| listing.tier.as_ref() == Some(tier))
            && (!self.step_free || listing.access.is_step_free())
            && (!self.free_of_charge || asked().any(ServiceHere::is_free))
            && self.most_yuan.is_none_or(|yuan| asked().any(|here| here.costs_at_most(yuan)))
            && self.street.as_ref().is_none_or(|code| lies_in(&listing.street, code))
            && self.community.as_ref().is_none_or(|code| lies_in(&listing.community, code))
            && self.open_at.is_none_or(|when| {
                let state = listing.now(when.instant(now), self.service.as_deref(), calendar).state;
                matches!(state, State::Open | State::ByAppointment)
            })
    }

    /// What is looked for, in words, for the heading of the list; streets and communities by the places that lie there.
    pub fn words(&self, kind: &Kind, listings: &[Listing], locale: Locale) -> Vec<String> {
        let area = |code: &str| {
            let areas = listings.iter().flat_map(|listing| [&listing.street, &listing.community]).flatten();
            areas.into_iter().find(|area| area.code == code).map_or_else(|| code.to_owned(), |area| area.name.clone())
        };
        let quoted = |q: &String| format!("“{q}”");
        let service =
            self.service.as_deref().and_then(|id| kind.service(id)).map(|one| one.name.say(locale).to_owned());
        let tier = self.tier.as_deref().and_then(|id| kind.tier(id)).map(|one| one.name.say(locale).to_owned());
        let all = [
            self.street.as_deref().map(area),
            self.community.as_deref().map(area),
            service,
            tier,
            self.open_at.map(|when| when.words(locale)),
            self.step_free.then(|| locale.say("没有台阶或有坡道", "step-free or with a ramp").to_owned()),
            self.free_of_charge.then(|| locale.say("免费", "free of charge").to_owned()),
            self.most_yuan.map(|yuan| say!(locale, "不超过 {yuan} 元", "at most {yuan} yuan")),
            Some(&self.q).filter(|q| !q.is_empty()).map(quoted),
        ];
        all.into_iter().flatten().collect()
    }
}

impl When {
    /// `now`, or `2026-05-20T14:30`.
    ///
    /// # Errors
    /// [`BadFilter::When`].
    pub fn read(text: &str) -> Result<Self, Reason> {
        if text == "now" {
            return Ok(Self::Now);
        }
        let minute = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M");
        let second = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S");
        minute().or_else(|_| second()).map(Self::At).map_err(|_| BadFilter::When.into())
    }

    pub fn instant(self, now: NaiveDateTime) -> NaiveDateTime {
        match self {
            Self::Now => now,
            Self::At(at) => at,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Now => "now".to_owned(),
            Self::At(at) => format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
        }
    }

    fn words(self, locale: Locale) -> String {
        match self {
            Self::Now => locale.say("现在开着", "open now").to_owned(),
            Self::At(at) => {
                let (day, time) = (locale.full_date(at.date()), locale.time(at.time()));
                match locale {
                    Locale::Zh => format!("{day} {time} 开着"),
                    Locale::En => format!("open on {day} at {time}"),
                }
            }
        }
    }
}

fn words(text: &str) -> Result<String, Reason> {
    if text.contains(char::is_control) {
        return Err(Reason::ControlCharacter);
    }
    if text.chars().count() > LONGEST_WORDS {
        return Err(Reason::TooLong { asked: WORDS, limit: LONGEST_WORDS });
    }
    Ok(text.to_owned())
}

fn is_code(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A round price that somebody would pay.
fn yuan(text: &str) -> Result<u32, Reason> {
    text.parse().ok().filter(|yuan| (1..=MOST_YUAN).contains(yuan)).ok_or_else(|| BadFilter::Yuan.into())
}

fn switch(text: &str) -> Result<bool, Reason> {
    match text {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(BadFilter::Switch.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::found::tests::{station, stations};
    use proptest::prelude::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Filter, FieldErrors> {
        Filter::read(pairs.iter().copied(), &stations())
    }

    proptest! {
        #[test]
        fn an_address_says_what_is_looked_for_and_nothing_else(
            q in "[a-z南山 ]{0,10}",
            service in prop::option::of(prop::sample::select(vec!["meals", "bathing"])),
            tier in prop::option::of(prop::sample::select(vec!["street_centre", "point"])),
            open in 0..3_u8, step_free: bool, free_of_charge: bool, most_yuan in prop::option::of(1..100_u32), street: bool,
        ) {
            let at = "2026-05-20T14:30:00".parse().unwrap();
            let filter = Filter {
                q: q.trim().to_owned(),
                service: service.map(str::to_owned),
                open_at: [None, Some(When::Now), Some(When::At(at))][usize::from(open)],
                tier: tier.map(str::to_owned),
                step_free,
                free_of_charge,
                most_yuan,
                street: street.then(|| "440305007".to_owned()),
                community: None,
            };
            let pairs = filter.pairs();
            prop_assert_eq!(Filter::read(pairs, &stations()).unwrap(), filter);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_said_at_its_name_and_strange_names_are_left_alone() {
        assert_eq!(read(&[("near", "22.5,113.9"), ("service", ""), ("open_at", " ")]), Ok(Filter::default()));
        for (name, value, code) in [
            ("service", "cinema", "service_missing"),
            ("tier", "palace", "tier_missing"),
            ("open_at", "tomorrow", "open_at"),
            ("open_at", "2026-02-30T10:00", "open_at"),
            ("step_free", "perhaps", "switch"),
            ("free", "2", "switch"),
            ("most", "0", "yuan"),
            ("most", "12.5", "yuan"),
            ("most", "-1", "yuan"),
            ("street", "4403050", "area_missing"),
            ("community", "440305007", "area_missing"),
            ("q", "a\u{1b}b", "control_character"),
            ("q", &"长".repeat(61), "too_long"),
        ] {
            let errors = read(&[(name, value)]).unwrap_err();
            let found: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(found, [name]);
            let said = errors.iter().next().unwrap().reason.code();
            assert!(said == code || said == "not_offered", "{name}={value}: {said}");
        }
    }

    #[test]
    fn the_heading_says_everything_that_is_looked_for() {
        let filter = read(&[
            ("q", "海"),
            ("service", "meals"),
            ("open_at", "now"),
            ("tier", "point"),
            ("step_free", "1"),
            ("free", "1"),
            ("most", "15"),
            ("street", "440305007"),
        ])
        .unwrap();
        let said = filter.words(&stations(), &[station("a")], Locale::Zh);
        assert_eq!(
            said,
            ["粤海街道", "助餐", "小区长者服务点", "现在开着", "没有台阶或有坡道", "免费", "不超过 15 元", "“海”"]
        );
        assert!(Filter::default().words(&stations(), &[], Locale::En).is_empty());
    }
}
