//! A date one knows by heart, in three short fields: quicker and safer than a calendar that starts today.

use leptos::prelude::*;
use shared::{civil_date::DateBoxes, locale::Locale};

use super::field::Group;

/// A date by year, month and day, sent as `{name}.year`, `{name}.month` and `{name}.day`.
///
/// The first field has the bare `name` as its id, so that the error summary can lead to it.
#[component]
pub fn DateField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional)] value: DateBoxes,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// Whether it is the birthday of the person at the keyboard, which the browser may know.
    #[prop(optional)]
    own_birthday: bool,
) -> impl IntoView {
    let invalid = error.is_some().then_some("true");
    let DateBoxes { year, month, day } = value;
    let year = Part { key: "year", label: locale.say("年", "Year"), fill: "bday-year", value: year };
    let month = Part { key: "month", label: locale.say("月", "Month"), fill: "bday-month", value: month };
    let day = Part { key: "day", label: locale.say("日", "Day"), fill: "bday-day", value: day };
    let order = match locale {
        Locale::Zh => [year, month, day],
        Locale::En => [day, month, year],
    };
    let fields = order.into_iter().enumerate().map(|(place, part)| {
        let id = if place == 0 { name.clone() } else { format!("{name}.{}", part.key) };
        let class = if part.key == "year" { "input input-4" } else { "input input-2" };
        view! {
            <div class="date-part">
                <label for=id.clone()>{part.label}</label>
                <input
                    class=class
                    type="text"
                    inputmode="numeric"
                    id=id
                    name=format!("{name}.{}", part.key)
                    value=part.value
                    autocomplete=if own_birthday { part.fill } else { "off" }
                    aria-invalid=invalid
                />
            </div>
        }
    });
    let fields = fields.collect_view();
    view! {
        <Group locale=locale name=name legend=legend hint=hint error=error>
            <div class="date">{fields}</div>
        </Group>
    }
}

struct Part {
    key: &'static str,
    label: &'static str,
    fill: &'static str,
    value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_order_and_the_first_field_the_bare_id() {
        let html = |locale| view! { <DateField locale=locale name="birth" legend="?" /> }.to_html();
        assert!(html(Locale::Zh).find("birth.year").unwrap() < html(Locale::Zh).find("birth.day").unwrap());
        assert!(html(Locale::En).find("birth.day").unwrap() < html(Locale::En).find("birth.year").unwrap());
        for locale in Locale::ALL {
            assert_eq!(html(locale).matches(r#"id="birth""#).count(), 1);
        }
    }
}
