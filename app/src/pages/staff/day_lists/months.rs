//! Which month of a list is shown, and the ways to the others.

use leptos::prelude::*;
use shared::{calendar::Month, locale::Locale, say, staff::OfficeId};

use super::{LIST, List, MONTH, PAGE};
use crate::{
    components::{
        button::{Button, Weight},
        month,
    },
    visit::Visit,
};

/// The months of which there may be something, and the one that is shown.
pub(super) struct Months {
    oldest: Month,
    newest: Month,
    pub(super) shown: Month,
}

/// As a list names a month.
pub(super) fn words(locale: Locale, shown: Month) -> String {
    month::title(locale, shown.first_day())
}

impl Months {
    /// From the oldest to the newest; without a wish that is among them the newest is shown.
    pub(super) fn new((oldest, newest): (Month, Month), wished: Option<Month>) -> Self {
        let shown = wished.filter(|month| (oldest..=newest).contains(month)).unwrap_or(newest);
        Self { oldest, newest, shown }
    }

    /// Where there is anything else.
    pub(super) fn further(&self, locale: Locale) -> String {
        let oldest = words(locale, self.oldest);
        if self.oldest == self.newest {
            say!(locale, "记录从{oldest}开始。", "The record begins in {oldest}.")
        } else {
            say!(
                locale,
                "记录从{oldest}开始，可以换一个月看。",
                "The record begins in {oldest}: you can look at another month."
            )
        }
    }

    /// All months to choose from; nothing where there is one.
    pub(super) fn choose(&self, visit: &Visit, office: &OfficeId, list: List) -> Option<AnyView> {
        if self.oldest == self.newest {
            return None;
        }
        let locale = visit.locale;
        let all = std::iter::successors(Some(self.newest), |month| month.previous());
        let options = all.take_while(|month| *month >= self.oldest).map(|month| {
            view! {
                <option value=month.to_string() selected=month == self.shown>
                    {words(locale, month)}
                </option>
            }
        });
        let list = list.name().map(|name| view! { <input type="hidden" name=LIST value=name /> });
        Some(
            view! {
                <form class="by-date" method="get" action=visit.url(PAGE)>
                    <label class="label" for=MONTH>{locale.say("哪个月", "Which month")}</label>
                    <input type="hidden" name="office" value=office.as_str().to_owned() />
                    {list}
                    <div class="by-date-choice">
                        <select class="input" id=MONTH name=MONTH>{options.collect_view()}</select>
                        <Button text=locale.say("看这个月", "Show this month") weight=Weight::Secondary />
                    </div>
                </form>
            }
            .into_any(),
        )
    }

    /// The ways to the months before and after it, each by its name.
    pub(super) fn beside(&self, locale: Locale, to: impl Fn(Month) -> String) -> Option<AnyView> {
        let newer = self.shown.next().filter(|month| *month <= self.newest).map(|month| {
            let name = words(locale, month);
            let text = say!(locale, "看更新的：{name}", "Newer: {name}");
            view! { <a href=to(month)>{text}</a> }
        });
        let older = self.shown.previous().filter(|month| *month >= self.oldest).map(|month| {
            let name = words(locale, month);
            let text = say!(locale, "看更早的：{name}", "Older: {name}");
            view! { <a href=to(month)>{text}</a> }
        });
        if newer.is_none() && older.is_none() {
            return None;
        }
        Some(view! { <p class="actions">{newer} {older}</p> }.into_any())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_month_of_the_record_is_shown() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let shown = |wished: Option<&str>| {
            Months::new((month("2024-05"), month("2026-05")), wished.map(month)).shown.to_string()
        };
        assert_eq!(shown(None), "2026-05");
        assert_eq!(shown(Some("2024-05")), "2024-05");
        for outside in ["2024-04", "2026-06"] {
            assert_eq!(shown(Some(outside)), "2026-05");
        }
    }
}
