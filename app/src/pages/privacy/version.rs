//! From when the notice holds (个人信息保护法 art 17, 48).

use chrono::NaiveDate;
use shared::{locale::Locale, say};

/// From when the words hold, whatever a bureau fills in, and the hash of what is drawn of them in both languages: whoever changes a word writes both anew, so
/// that nobody reads an old date over new words.
const VERSION: (Option<NaiveDate>, &str) = (NaiveDate::from_ymd_opt(2026, 11, 30), "0ec6c2cf916d11ea");

/// The day, and where earlier versions are.
pub(super) fn line(locale: Locale) -> Option<String> {
    let date = locale.date(VERSION.0?);
    Some(say!(
        locale,
        "生效日期：{date}，文字从那天起没有改过；交给谁、保存几天、怎么联系，由主办单位填写，有变化随时更新。以前的版本，可以向“联系我们”里的单位索取。",
        "In force since {date}: its wording has not changed since. Who receives information, for how many days it is kept and how \
         to reach us is filled in by the bureau and kept up to date. For earlier versions, ask the bureau under “Contact”."
    ))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sha2::{Digest, Sha256};

    use super::*;
    use crate::{
        draw::fragment,
        pages::privacy::body,
        visit::{PortalFacts, tests::visit},
    };

    /// All that the notice can say, of a portal that has everything: the words without what is drawn around them.
    fn drawn(locale: Locale) -> String {
        let said = |text: &str| Some(text.to_owned());
        let mut visit = visit(locale, "/privacy", "");
        let mut portal = PortalFacts {
            bureau: said("演示民政局"),
            bureau_phone: said("0755-00000001"),
            bureau_address: said("演示市演示路 1 号"),
            supervision_phone: said("0755-00000002"),
            keep_days: 30,
            record_years: 5,
            draft_days: 30,
            identity_check: true,
            offline: true,
            ..PortalFacts::default()
        };
        portal.receivers.hosting_provider = said("演示托管公司");
        visit.portal = Arc::new(portal);
        let html = fragment(|| body(&visit));
        html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
    }

    #[test]
    fn whoever_changes_the_words_of_the_notice_changes_its_date() {
        let drawn = [Locale::Zh, Locale::En].map(drawn).concat();
        let first = Sha256::digest(&drawn)[..8].try_into().unwrap();
        let hash = format!("{:016x}", u64::from_be_bytes(first));
        assert_eq!(
            hash, VERSION.1,
            "the words are others: write the day from which they hold, and this hash, into VERSION"
        );
    }

    #[test]
    fn the_notice_says_from_when_it_holds_and_who_has_the_earlier_ones() {
        for words in ["生效日期：2026年11月30日", "以前的版本", "联系我们"] {
            assert!(drawn(Locale::Zh).contains(words), "{words}");
        }
        for words in ["In force since 30 November 2026", "earlier versions, ask the bureau"] {
            assert!(drawn(Locale::En).contains(words), "{words}");
        }
    }
}
