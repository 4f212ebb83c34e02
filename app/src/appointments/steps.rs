//! The steps of booking, in order, and where one is among them.

use leptos::prelude::*;
use shared::{locale::Locale, say};

use super::{service::BookingPages, step::Step};
use crate::{components::steps::Steps, visit::Visit};

impl BookingPages {
    /// The address of a step, without the language prefix.
    pub fn at(&self, step: Step) -> String {
        match step {
            Step::Time => self.path("book"),
            Step::Details(index) => self.path(self.form.steps.get(index).map_or("book", |step| step.path)),
            Step::Review => self.path("book/review"),
            Step::Codes => self.path("book/codes"),
        }
    }

    pub fn step_name(&self, step: Step, locale: Locale) -> &'static str {
        match step {
            Step::Time => locale.say("选时间", "Choose a time"),
            Step::Details(index) => self.form.steps.get(index).map_or("", |step| step.name.say(locale)),
            Step::Review => locale.say("核对", "Check your answers"),
            // Who books alone has one phone.
            Step::Codes if self.form.questions.is_some() => locale.say("手机验证", "Confirm your phone"),
            Step::Codes => locale.say("手机验证", "Confirm your phones"),
        }
    }

    /// The step before; none before the first.
    pub fn before(&self, step: Step) -> Option<Step> {
        let all = self.steps();
        let at = all.iter().position(|known| *known == step)?;
        all.get(at.checked_sub(1)?).copied()
    }

    /// The step after; the last one is its own.
    pub fn after(&self, step: Step) -> Step {
        self.steps().into_iter().skip_while(|known| *known != step).nth(1).unwrap_or(step)
    }

    fn steps(&self) -> Vec<Step> {
        let details = (0..self.form.steps.len()).map(Step::Details);
        [Step::Time].into_iter().chain(details).chain([Step::Review, Step::Codes]).collect()
    }

    /// The title of the first step, which says what is booked: a place is chosen there, and then a time of it. In English it has
    /// one line in large print, so that the first field stays on the first screen.
    pub fn first_title(&self, locale: Locale, has_place: bool) -> String {
        let book = self.words.book.say(locale);
        match (has_place, locale) {
            (true, locale) => say!(locale, "{book}：选择时间", "{book}: choose a time"),
            (false, Locale::Zh) => format!("{book}：选择{}", self.words.place.say(locale)),
            (false, Locale::En) => book.to_owned(),
        }
    }

    /// The title of a later page in the browser's tab, where its heading does not say what is booked.
    pub fn titled(&self, locale: Locale, title: &str) -> String {
        format!("{title} · {}", self.words.booking.say(locale))
    }

    /// `第 2 步，共 7 步 参观预约`: which step it is says the heading below. Without codes to phones there is one step less.
    pub fn steps_at(&self, visit: &Visit, step: Step, codes: bool) -> impl IntoView + use<> {
        let all = self.steps();
        let of = if codes { all.len() } else { all.len() - 1 };
        let at = all.iter().position(|known| *known == step).map_or(1, |at| at + 1);
        view! { <Steps locale=visit.locale at=at of=of name=self.words.booking.say(visit.locale) /> }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appointments::tests::EXAMPLE;

    #[test]
    fn every_step_but_the_first_leads_back_to_the_one_before() {
        assert_eq!(EXAMPLE.before(Step::Time), None);
        for pair in EXAMPLE.steps().windows(2) {
            assert_eq!(EXAMPLE.before(pair[1]), Some(pair[0]));
            assert_eq!(EXAMPLE.after(pair[0]), pair[1]);
        }
    }
}
