//! A statement one agrees to.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::{Remarks, described_by};

/// One box, sent as `{name}=yes` when ticked.
#[component]
pub fn Checkbox(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] ticked: bool,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    let described = described_by(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <div class=class>
            <Remarks locale=locale name=name.clone() hint=hint error=error />
            <div class="choice">
                <input
                    type="checkbox"
                    id=name.clone()
                    name=name.clone()
                    value="yes"
                    checked=ticked
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <label for=name>{label}</label>
            </div>
        </div>
    }
}
