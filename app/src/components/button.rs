//! What one can do: buttons that send a form, and links that look like them.

use leptos::prelude::*;

use super::icon::{Drawing, Icon};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do on a page; at most one of these.
    #[default]
    Primary,
    Secondary,
    /// Takes something away that cannot be brought back by the same page.
    Danger,
    /// Looks like a link: for acts beside the point, such as "change to another time".
    Quiet,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button that sends the form it stands in; with a `name`, one of several answers.
#[component]
pub fn Button(
    #[prop(into)] text: String,
    #[prop(optional)] weight: Weight,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Where the form goes instead, for a second button in it.
    #[prop(optional, into)]
    action: Option<String>,
    /// Id of the form to send, for a button outside of it.
    #[prop(optional_no_strip)]
    form: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button class=weight.class() name=name value=value formaction=action form=form>
            {text}
        </button>
    }
}

/// A link that is the next step.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(into)] text: String,
    #[prop(optional)] weight: Weight,
) -> impl IntoView {
    let arrow = (weight == Weight::Primary).then(|| view! { <Drawing icon=Icon::Forward /> });
    view! {
        <a class=weight.class() href=href>
            {text}
            {arrow}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_its_act_and_carries_its_answer() {
        let html = view! { <Button text="取消预约" weight=Weight::Danger name="act" value="cancel" /> }.to_html();
        assert_eq!(html, r#"<button name="act" value="cancel" class="button button-danger">取消预约</button>"#);
    }
}
