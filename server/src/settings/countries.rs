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

    /// Whether a phone is from one of them.
    pub fn serve(&self, phone: &Phone) -> bool {
        self.0.contains(&phone.country_code())
    }
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
    fn what_is_no_list_of_codes_is_refused() {
        for text in ["", "86,", "0", "China", "86;852", "-1"] {
            assert!(text.parse::<Countries>().is_err(), "{text}");
        }
    }
}
