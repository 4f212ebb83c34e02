//! Which cases are listed, as the address says it, and what each list is called.

use server::procedures::queue::Queue;
use shared::locale::Locale;

use super::PAGE;
use crate::pairs::{Pairs, address, value};

/// What is listed: the cases of a queue, or who has how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Of(Queue),
    Load,
}

/// A list and a page of it; the first is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub list: List,
    pub page: u32,
}

/// The name of the list in the address.
const LIST: &str = "queue";
/// That of the page; the first is 1 there.
const PAGE_NUMBER: &str = "page";
const LOAD: &str = "load";

impl Asked {
    pub fn read(pairs: &Pairs) -> Self {
        let list = match value(pairs, LIST) {
            Some(LOAD) => List::Load,
            name => List::Of(name.and_then(Queue::from_name).unwrap_or(Queue::Mine)),
        };
        let page = value(pairs, PAGE_NUMBER).and_then(|page| page.parse::<u32>().ok()).unwrap_or(1);
        Self { list, page: page.saturating_sub(1) }
    }

    pub fn of(list: List) -> Self {
        Self { list, page: 0 }
    }

    /// Its address, without the language prefix.
    pub fn path(self) -> String {
        self.path_with(&[])
    }

    /// The same with more said in it.
    pub fn path_with(self, more: &[(&str, &str)]) -> String {
        let page = (self.page > 0).then(|| (self.page + 1).to_string());
        let page = page.as_deref().map(|page| (PAGE_NUMBER, page));
        let list = (self.list != List::Of(Queue::Mine)).then(|| (LIST, self.list.name()));
        address(PAGE, list.into_iter().chain(page).chain(more.iter().copied()))
    }
}

impl List {
    pub const ALL: [Self; 10] = [
        Self::Of(Queue::Mine),
        Self::Of(Queue::Unassigned),
        Self::Of(Queue::NearDeadline),
        Self::Of(Queue::WaitingOnFamily),
        Self::Of(Queue::SecondSignature),
        Self::Of(Queue::Rivals),
        Self::Of(Queue::FamilyWrote),
        Self::Of(Queue::NotReached),
        Self::Of(Queue::All),
        Self::Load,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Of(queue) => queue.name(),
            Self::Load => LOAD,
        }
    }

    pub fn tab(self, locale: Locale) -> &'static str {
        match self {
            Self::Of(Queue::Mine) => locale.say("我的", "Mine"),
            Self::Of(Queue::Unassigned) => locale.say("还没有人办", "Nobody's yet"),
            Self::Of(Queue::NearDeadline) => locale.say("快到期", "Due soon"),
            Self::Of(Queue::WaitingOnFamily) => locale.say("等申请人补正", "Waiting for the family"),
            Self::Of(Queue::SecondSignature) => locale.say("等复核", "Second signature"),
            Self::Of(Queue::Rivals) => locale.say("同一份证明", "Same certificate"),
            Self::Of(Queue::FamilyWrote) => locale.say("申请人来信", "The family has written"),
            Self::Of(Queue::NotReached) => locale.say("短信没送到", "Not reached"),
            Self::Of(Queue::All) => locale.say("全部", "All"),
            Self::Load => locale.say("谁手里有多少", "Who has how many"),
        }
    }

    /// What it means that there is none.
    pub fn none(self, locale: Locale) -> &'static str {
        match self {
            Self::Of(Queue::Mine) => locale.say("您手里没有要办的申请", "You have no application to work on"),
            Self::Of(Queue::Unassigned) => locale.say("每一件都有人办", "Every application is somebody’s"),
            Self::Of(Queue::NearDeadline) => locale.say("没有快到期的", "None is due soon"),
            Self::Of(Queue::WaitingOnFamily) => locale.say("没有在等申请人的", "None waits for a family"),
            Self::Of(Queue::SecondSignature) => locale.say("没有等复核的", "None waits for a second signature"),
            Self::Of(Queue::Rivals) => {
                locale.say("没有用同一份证明的", "No two applications name the same certificate")
            }
            Self::Of(Queue::FamilyWrote) => locale.say("没有等着回复的来信", "No family waits for an answer"),
            Self::Of(Queue::NotReached) => locale.say("短信都送到了", "Every family was reached"),
            Self::Of(Queue::All) => locale.say("还没有申请", "There is no application yet"),
            Self::Load => locale.say("谁手里都没有要办的", "Nobody has an application to work on"),
        }
    }

    /// Where somebody looks next who finds none here.
    pub fn beside(self) -> Option<Self> {
        match self {
            Self::Of(Queue::Mine) | Self::Load => Some(Self::Of(Queue::Unassigned)),
            Self::Of(Queue::All) => None,
            Self::Of(_) => Some(Self::Of(Queue::All)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_comes_back_from_its_address() {
        for list in List::ALL {
            for page in [0, 6] {
                let asked = Asked { list, page };
                let query = asked.path().split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
                let pairs: Pairs = query
                    .split('&')
                    .filter_map(|pair| pair.split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                assert_eq!(Asked::read(&pairs), asked, "{}", asked.path());
            }
        }
        assert_eq!(Asked::of(List::Of(Queue::Mine)).path(), PAGE);
    }

    #[test]
    fn nothing_strange_in_an_address_is_a_list() {
        for (list, page) in [("", ""), ("no", "0"), ("mine", "-3"), ("mine", "99999999999")] {
            let pairs = vec![("queue".to_owned(), list.to_owned()), ("page".to_owned(), page.to_owned())];
            assert_eq!(Asked::read(&pairs), Asked::of(List::Of(Queue::Mine)));
        }
    }

    #[test]
    fn whoever_finds_nothing_is_led_on_and_never_in_a_circle() {
        for list in List::ALL {
            let (mut at, mut steps) = (list, 0);
            while let Some(next) = at.beside() {
                (at, steps) = (next, steps + 1);
                assert!(steps < 4, "{list:?}");
            }
        }
    }
}
