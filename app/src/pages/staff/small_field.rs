//! A field among several in one row of a form.

use leptos::prelude::*;
use shared::locale::Locale;

use crate::components::field::{Remarks, described_by};

/// Where several forms of a page have a field of one name, its id is another.
pub(super) struct SmallField {
    pub id: String,
    pub name: String,
    pub label: String,
    pub value: String,
    /// The input's type, such as `date`.
    pub kind: &'static str,
    /// Keyboard of a phone, such as `numeric`.
    pub mode: Option<&'static str>,
    /// `input`, and `input-short` for answers of a known length.
    pub class: &'static str,
    pub error: Option<String>,
}

impl SmallField {
    pub fn draw(self, locale: Locale) -> AnyView {
        let Self { id, name, label, value, kind, mode, class, error } = self;
        let (described, invalid) = (described_by(&id, false, error.is_some()), error.is_some().then_some("true"));
        view! {
            <div class="paper-field">
                <label for=id.clone()>{label}</label>
                <input
                    class=class
                    type=kind
                    inputmode=mode
                    id=id.clone()
                    name=name
                    value=value
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <Remarks locale=locale name=id error=error />
            </div>
        }
        .into_any()
    }
}
