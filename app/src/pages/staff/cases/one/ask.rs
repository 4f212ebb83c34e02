//! Asking the family for what is missing: field by field and paper by paper, once and in full.

use leptos::prelude::*;
use shared::procedures::{ActName, FieldKind};

use super::{Opened, acts::seen, doing, form::Form};
use crate::{components::text_field::TextField, pages::staff::day::act::ticked};

/// The boxes.
pub(super) const ITEM: &str = "item";

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    let name = doing::name(ActName::Ask);
    let field = doing::said_field(ActName::Ask);
    let chosen: Vec<&str> = ticked(&form.typed, ITEM).collect();
    let boxes = items(opened).into_iter().enumerate().map(|(place, id)| {
        let box_id = format!("{ITEM}.{place}");
        let is_ticked = chosen.contains(&id.as_str());
        let words = opened.item(&id);
        view! {
            <label class="pick">
                <input type="checkbox" id=box_id name=ITEM checked=is_ticked value=id />
                <span>{words}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <details class="ask" open=form.is_of(name)>
            <summary>{locale.say("材料不全，要求补正…", "Something is missing: ask for it…")}</summary>
            <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                {seen(opened)}
                <fieldset>
                    <legend>{locale.say("要补哪些（只能要求一次，请一次选全）", "What is missing (asked for once: choose all of it)")}</legend>
                    {boxes}
                </fieldset>
                <TextField
                    locale=locale
                    name=field.clone()
                    label=locale.say(
                        "还要说明什么（可以不填，申请人看得到）",
                        "What to add (optional; the applicant reads it)",
                    )
                    value=form.text(&field)
                    error=form.error(&field)
                />
                <p class="actions">
                    <button class="act" name="do" value=name>
                        {locale.say("核对要补正的", "Check what is asked for")}
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// Everything that can be asked for: what is answered in the form, and the papers that are needed.
pub(super) fn items(opened: &Opened<'_>) -> Vec<String> {
    let procedure = opened.procedure();
    let fields = procedure.fields().filter(|field| !matches!(field.kind, FieldKind::Declaration { .. }));
    let papers = procedure.papers.iter().filter(|paper| opened.case.papers.contains(&paper.id));
    fields.map(|field| field.id.clone()).chain(papers.map(|paper| paper.id.clone())).collect()
}
