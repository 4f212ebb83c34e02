//! One answer out of a few, each a large target.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::Group;

/// One of the answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    pub value: String,
    pub text: String,
    pub hint: Option<String>,
    /// More is asked below when it is chosen.
    pub opens: bool,
    /// It cannot be chosen now; the hint says why.
    pub disabled: bool,
}

impl ChoiceOption {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None, opens: false, disabled: false }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    #[must_use]
    pub fn opens(mut self, opens: bool) -> Self {
        self.opens = opens;
        self
    }
}

/// A list of answers; the first has the bare `name` as its id, so that the error summary can lead to it.
#[component]
pub fn Choice(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    answers: Vec<ChoiceOption>,
    #[prop(optional, into)] chosen: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let answers = answers.into_iter().enumerate().map(|(place, answer)| {
        let id = if place == 0 { name.clone() } else { format!("{name}.{place}") };
        let hint_id = answer.hint.is_some().then(|| format!("{id}.hint"));
        let hint = answer.hint.map(|hint| view! { <span class="hint" id=hint_id.clone()>{hint}</span> });
        view! {
            <div class="choice">
                <input
                    type="radio"
                    id=id.clone()
                    name=name.clone()
                    checked=answer.value == chosen && !answer.disabled
                    disabled=answer.disabled
                    value=answer.value
                    aria-describedby=hint_id
                    data-opens=answer.opens.then_some("")
                />
                <label for=id>
                    {answer.text}
                    {hint}
                </label>
            </div>
        }
    });
    let answers = answers.collect_view();
    view! {
        <Group locale=locale name=name legend=legend hint=hint error=error>
            <div class="choices">{answers}</div>
        </Group>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_answer_is_the_only_one_checked() {
        let answers = vec![ChoiceOption::new("a", "甲"), ChoiceOption::new("b", "乙").hint("说明")];
        let html =
            view! { <Choice locale=Locale::Zh name="kind" legend="类别" answers=answers chosen="b" /> }.to_html();
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains(r#"id="kind.1" name="kind" checked value="b""#), "{html}");
    }
}
