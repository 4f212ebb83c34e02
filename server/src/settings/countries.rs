//! The countries and regions whose phones are sent codes.

use std::{collections::BTreeSet, str::FromStr};

use shared::identity::Phone;

/// Country codes, as they are dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Countries(BTreeSet<u16>);

impl Countries {
    /// The mainland, Hong Kong, Macao and Taiwan; then where most of those live whom a registry at home serves: North
    /// America, France, Spain, Italy, Britain, Germany, Malaysia, Australia, New Zealand, Singapore, Thailand, Japan, Korea
    /// and Vietnam.
    pub const DEFAULT: &str = "86,852,853,886,1,33,34,39,44,49,60,61,64,65,66,81,82,84";

    /// Whether a phone is a mobile of one of them. Countries share a code, and who earns by messages has numbers that
    /// are paid for by whoever sends one.
    pub fn serve(&self, phone: &Phone) -> bool {
        let code = phone.country_code();
        self.0.contains(&code) && is_mobile(code, phone.as_str())
    }
}

/// What mobiles start with after the country code, in the national numbering plans that ITU-T E.164 leaves to each country;
/// of countries that are not named here all are served.
const MOBILES: [(u16, &[&str]); 16] = [
    (33, &["6", "7"]),
    (34, &["6", "7"]),
    (39, &["3"]),
    (44, &["71", "72", "73", "74", "75", "77", "78", "79"]),
    (49, &["15", "16", "17"]),
    (60, &["1"]),
    (61, &["4"]),
    (64, &["2"]),
    (65, &["8", "9"]),
    (66, &["6", "8", "9"]),
    (81, &["60", "70", "80", "90"]),
    (82, &["1"]),
    (84, &["3", "5", "7", "8", "9"]),
    (852, &["4", "5", "6", "7", "8", "9"]),
    (853, &["6"]),
    (886, &["9"]),
];

/// Of the numbers after +1 those of other countries than the United States and Canada, and those that cost whoever calls
/// (North American Numbering Plan).
const NOT_AMERICA: [&str; 23] = [
    "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721", "758", "767", "784", "809",
    "829", "849", "868", "869", "876", "900", "700",
];

fn is_mobile(code: u16, phone: &str) -> bool {
    let Some(national) = phone.strip_prefix(&format!("+{code}")) else { return true };
    let starts = |starts: &[&str]| starts.iter().any(|start| national.starts_with(start));
    if code == 1 {
        return !starts(&NOT_AMERICA);
    }
    MOBILES.iter().find(|(named, _)| *named == code).is_none_or(|(_, mobiles)| starts(mobiles))
}

impl FromStr for Countries {
    type Err = String;

    /// Reads `86,852` and `+86, +852`.
    fn from_str(text: &str) -> Result<Self, String> {
        let code = |part: &str| part.trim().trim_start_matches('+').parse::<u16>().ok().filter(|code| *code > 0);
        let codes = text.split(',').map(code).collect::<Option<BTreeSet<_>>>();
        codes.map(Self).ok_or_else(|| "use country codes separated by commas, such as 86,852,853,886".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(countries: &str, phone: &str) -> bool {
        countries.parse::<Countries>().unwrap().serve(&Phone::parse(phone).unwrap())
    }

    #[test]
    fn only_phones_of_the_countries_named_are_served() {
        for served in ["13800000000", "+85291234567", "+85366123456", "+886912345678", "+14155550123"] {
            assert!(serve(Countries::DEFAULT, served), "{served}");
        }
        assert!(!serve(Countries::DEFAULT, "+79123456789"));
        assert!(serve("+86, +7", "+79123456789") && !serve("+86, +7", "+85291234567"));
    }

    #[test]
    fn a_number_of_another_country_under_the_same_code_and_one_that_costs_its_caller_are_not_served() {
        for served in
            ["+447911123456", "+4915112345678", "+6591234567", "+819012345678", "+16045550123", "+61412345678"]
        {
            assert!(serve(Countries::DEFAULT, served), "{served}");
        }
        for jamaica_or_premium in ["+18765551234", "+19005551234", "+447011234567", "+449098790000", "+85221234567"] {
            if let Ok(phone) = Phone::parse(jamaica_or_premium) {
                assert!(!Countries::DEFAULT.parse::<Countries>().unwrap().serve(&phone), "{jamaica_or_premium}");
            }
        }
        assert!(!serve(Countries::DEFAULT, "+18765551234"));
    }

    #[test]
    fn what_is_no_list_of_codes_is_refused() {
        for text in ["", "86,", "0", "China", "86;852", "-1"] {
            assert!(text.parse::<Countries>().is_err(), "{text}");
        }
    }
}
