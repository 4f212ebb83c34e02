//! Why a day differs: one of a few reasons, which everybody booked is told in both languages.

use leptos::prelude::*;
use shared::{appointments::day_reason::DayReason, field::FieldErrors, locale::Locale, localised::Localised};

use crate::{
    components::field::{Remarks, described_by},
    pairs::{Pairs, value},
};

/// The field in which it is chosen.
pub(super) const NAME: &str = "why";

/// What was chosen.
pub(super) fn read(typed: &Pairs, errors: &mut FieldErrors) -> Option<Localised> {
    errors.keep(NAME, DayReason::chosen(value(typed, NAME).unwrap_or_default()).map(DayReason::words))
}

/// The list to choose from; nothing is chosen beforehand.
pub(super) fn draw(locale: Locale, id: String, chosen: Option<&str>, error: Option<String>) -> AnyView {
    let (described, invalid) = (described_by(&id, false, error.is_some()), error.is_some().then_some("true"));
    let options = DayReason::ALL.iter().map(|reason| {
        let (name, words) = (reason.name(), label(*reason, locale));
        view! { <option value=name selected=Some(name) == chosen>{words}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="paper-field">
            <label for=id.clone()>{locale.say("原因（大家会看到）", "Reason (everybody reads it)")}</label>
            <select class="input" id=id.clone() name=NAME aria-describedby=described aria-invalid=invalid>
                <option value="">{locale.say("请选择", "Choose")}</option>
                {options}
            </select>
            <Remarks locale=locale name=id error=error />
        </div>
    }
    .into_any()
}

fn label(reason: DayReason, locale: Locale) -> String {
    let words = reason.words().say(locale).to_owned();
    match reason {
        DayReason::Other => locale.say("其他（写作“工作安排”）", "Something else (“Office arrangements”)").to_owned(),
        _ => words,
    }
}
