//! How mobile numbers are made in the countries and regions of the world.
//!
//! From the metadata of Google's libphonenumber, 9.0.33 as the `phonenumber` crate carries it; a test below makes the
//! table anew. Satellite phones (+870, +881 to +883) are not in it, and
//! where landlines are as long as mobiles it does not tell them apart.

/// A numbering plan, as far as a mobile abroad needs it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// What a call within the country starts with, and a call from abroad leaves out.
    trunks: &'static [&'static str],
    /// How many digits a mobile number has after the country code.
    lengths: &'static [usize],
    /// The country codes that have this plan.
    codes: &'static [u16],
}

impl Plan {
    /// The plan, the country code and the rest of an international number; no country code begins another.
    pub(super) fn of(digits: &str) -> Option<(&'static Self, u16, &str)> {
        (1..=3).filter(|_| !digits.starts_with('0')).find_map(|length| {
            let (code, rest) = digits.split_at_checked(length)?;
            let code = code.parse().ok()?;
            Some((PLANS.iter().find(|plan| plan.codes.contains(&code))?, code, rest))
        })
    }

    pub(super) fn lengths(&self) -> &'static [usize] {
        self.lengths
    }

    /// The number as it is dialled from abroad, if a mobile can be as long. None begins with a trunk prefix where the
    /// length does not tell whether it is there.
    pub(super) fn mobile<'a>(&self, national: &'a str) -> Option<&'a str> {
        let without = self.trunks.iter().find_map(|trunk| self.mobile(national.strip_prefix(trunk)?));
        without.or_else(|| Some(national).filter(|national| self.lengths.contains(&national.len())))
    }
}

#[rustfmt::skip]
const PLANS: &[Plan] = &[
    Plan { trunks: &[], lengths: &[4, 5, 6, 7], codes: &[690] },
    Plan { trunks: &[], lengths: &[4, 7], codes: &[683] },
    Plan { trunks: &[], lengths: &[5], codes: &[247, 290, 500, 682] },
    Plan { trunks: &[], lengths: &[5, 7], codes: &[677] },
    Plan { trunks: &[], lengths: &[6], codes: &[298, 299, 672, 681, 687] },
    Plan { trunks: &[], lengths: &[6, 7], codes: &[688] },
    Plan { trunks: &[], lengths: &[6, 9], codes: &[376] },
    Plan { trunks: &[], lengths: &[7], codes: &[220, 238, 239, 246, 248, 269, 297, 501, 592, 597, 673, 674, 676, 678, 679, 680, 691, 960] },
    Plan { trunks: &[], lengths: &[7, 8], codes: &[241, 372, 507, 599] },
    Plan { trunks: &[], lengths: &[7, 9], codes: &[354] },
    Plan { trunks: &[], lengths: &[7, 10], codes: &[685] },
    Plan { trunks: &[], lengths: &[8], codes: &[45, 47, 65, 216, 222, 223, 226, 227, 228, 230, 235, 236, 253, 257, 266, 267, 268, 350, 356, 357, 371, 378, 502, 503, 504, 505, 506, 509, 670, 675, 689, 852, 853, 965, 968, 973, 974, 975] },
    Plan { trunks: &[], lengths: &[9], codes: &[34, 48, 56, 221, 224, 237, 240, 242, 244, 245, 258, 351, 352, 420, 992, 998] },
    Plan { trunks: &[], lengths: &[9, 10], codes: &[39] },
    Plan { trunks: &[], lengths: &[10], codes: &[30, 52, 225, 229] },
    Plan { trunks: &["0"], lengths: &[5, 6, 7, 8, 9], codes: &[27] },
    Plan { trunks: &["0"], lengths: &[6, 7, 8, 9, 10], codes: &[358] },
    Plan { trunks: &["0"], lengths: &[6, 9], codes: &[508] },
    Plan { trunks: &["0"], lengths: &[7], codes: &[291] },
    Plan { trunks: &["0"], lengths: &[7, 8], codes: &[961] },
    Plan { trunks: &["0"], lengths: &[7, 8, 9], codes: &[252] },
    Plan { trunks: &["0"], lengths: &[7, 8, 9, 10], codes: &[95] },
    Plan { trunks: &["0"], lengths: &[7, 8, 9, 10, 11, 12, 13], codes: &[43] },
    Plan { trunks: &["0"], lengths: &[7, 9], codes: &[231, 243, 423] },
    Plan { trunks: &["0"], lengths: &[8], codes: &[53, 232, 373, 374, 382, 383, 386, 389, 591, 598, 686, 976] },
    Plan { trunks: &["0"], lengths: &[8, 9], codes: &[359, 377, 385, 387, 855] },
    Plan { trunks: &["0"], lengths: &[8, 9, 10], codes: &[64, 381] },
    Plan { trunks: &["0"], lengths: &[9], codes: &[32, 33, 40, 41, 46, 51, 61, 66, 84, 93, 94, 211, 212, 213, 218, 233, 249, 250, 251, 254, 255, 256, 260, 261, 262, 263, 264, 265, 353, 355, 380, 421, 590, 593, 594, 595, 596, 886, 962, 963, 966, 967, 970, 971, 972, 994, 995, 996] },
    Plan { trunks: &["0"], lengths: &[9, 10], codes: &[60, 82, 856] },
    Plan { trunks: &["0"], lengths: &[9, 10, 11, 12], codes: &[62] },
    Plan { trunks: &["0"], lengths: &[9, 11], codes: &[31] },
    Plan { trunks: &["0"], lengths: &[10], codes: &[20, 44, 57, 58, 63, 81, 90, 91, 92, 98, 234, 850, 880, 964, 977] },
    Plan { trunks: &["0"], lengths: &[10, 11], codes: &[49, 54, 55] },
    Plan { trunks: &["0", "8"], lengths: &[8], codes: &[370] },
    Plan { trunks: &["0", "8"], lengths: &[9], codes: &[375] },
    Plan { trunks: &["06"], lengths: &[9], codes: &[36] },
    Plan { trunks: &["1"], lengths: &[7], codes: &[692] },
    Plan { trunks: &["1"], lengths: &[10], codes: &[1] },
    Plan { trunks: &["8"], lengths: &[8], codes: &[993] },
    Plan { trunks: &["8"], lengths: &[10], codes: &[7] },
];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use phonenumber::{
        Metadata, Mode,
        metadata::{DATABASE, Descriptor},
    };

    use super::*;

    /// The prefix that the metadata names, and each digit that the library itself leaves out before a mobile number.
    fn trunks(code: u16, regions: &[&Metadata]) -> BTreeSet<String> {
        let named = regions.iter().filter_map(|region| region.national_prefix().map(str::to_owned));
        let examples = regions.iter().filter_map(|region| region.descriptors().mobile()?.example());
        let left_out = examples.flat_map(|example| {
            (0..10).map(|digit| digit.to_string()).filter(move |digit| {
                let read = phonenumber::parse(None, format!("+{code} {digit}{example}"));
                read.is_ok_and(|read| read.format().mode(Mode::E164).to_string() == format!("+{code}{example}"))
            })
        });
        named.chain(left_out).collect()
    }

    fn lengths(regions: &[&Metadata]) -> BTreeSet<usize> {
        let mobiles = regions.iter().filter_map(|region| region.descriptors().mobile());
        mobiles.flat_map(Descriptor::possible_length).map(|length| usize::from(*length)).collect()
    }

    /// Every country code but the mainland's, which has rules of its own, and those without mobiles.
    fn regions() -> BTreeMap<u16, Vec<&'static Metadata>> {
        let codes = DATABASE.iter().map(Metadata::country_code).filter(|code| *code != 86);
        let with = codes.filter_map(|code| Some((code, DATABASE.by_code(&code)?)));
        with.filter(|(_, regions)| !lengths(regions).is_empty()).collect()
    }

    #[test]
    fn the_table_is_that_of_libphonenumber() {
        let mut plans: BTreeMap<_, BTreeSet<u16>> = BTreeMap::new();
        for (code, regions) in regions() {
            plans.entry((trunks(code, &regions), lengths(&regions))).or_default().insert(code);
        }
        let table = PLANS.iter().map(|plan| {
            let trunks = plan.trunks.iter().map(|trunk| (*trunk).to_owned()).collect();
            let lengths = plan.lengths.iter().copied().collect();
            ((trunks, lengths), plan.codes.iter().copied().collect())
        });
        assert_eq!(table.collect::<BTreeMap<_, _>>(), plans);
    }

    #[test]
    fn no_mobile_number_begins_with_a_trunk_prefix() {
        for (code, regions) in regions() {
            let (plan, ..) = Plan::of(&code.to_string()).expect("the code is in the table");
            let is_mobile =
                |digits: &str| regions.iter().any(|r| r.descriptors().mobile().is_some_and(|m| m.is_match(digits)));
            for trunk in plan.trunks {
                // Where the length does not tell whether the trunk prefix is there.
                let unclear = |length: &&usize| plan.lengths.contains(&(*length - trunk.len()));
                for length in plan.lengths.iter().filter(unclear) {
                    for (next, fill) in (0..100).flat_map(|next| (0..10).map(move |fill| (next, fill))) {
                        let digits = format!("{trunk}{next:02}{}", fill.to_string().repeat(*length));
                        assert!(!is_mobile(&digits[..*length]), "+{code} {digits}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_code_is_found_whatever_follows() {
        let found = |digits| Plan::of(digits).map(|(_, code, rest)| (code, rest));
        assert_eq!(found("85291234567"), Some((852, "91234567")));
        assert_eq!(found("12125550100"), Some((1, "2125550100")));
        assert_eq!(found("999"), None);
        assert_eq!(found(""), None);
    }
}
