//! Asking the family for what is missing: field by field and paper by paper, once and in full.

use leptos::prelude::*;
use server::procedures::papers;
use shared::{
    eligibility::answers::Question,
    locale::Locale,
    localised::Localised,
    procedures::{ActName, FieldKind},
};

use super::{Opened, acts::seen, doing, form::Form};
use crate::{
    components::text_field::TextField,
    pages::staff::day::act::ticked,
    pairs::{Pairs, value},
};

/// The boxes.
pub(super) const ITEM: &str = "item";
/// Those of the reasons.
const REASON: &str = "reason";

/// Why something is asked for, in words that a family understands, by its name in the form.
fn reasons() -> [(&'static str, Localised); 6] {
    [
        ("unreadable", Localised::new("照片看不清，请重新拍", "a photo cannot be read: please take it again")),
        ("pages", Localised::new("缺页，请把每一页都补上", "pages are missing: please send all of them")),
        (
            "differs",
            Localised::new("填写的和材料上的不一样，请核对", "an answer differs from the paper: please check it"),
        ),
        (
            "number",
            Localised::new(
                "号码核对不上，请对照原件再填",
                "a number does not check: please copy it from the paper again",
            ),
        ),
        ("seal", Localised::new("没有盖章或者签名", "a seal or a signature is missing")),
        (
            "other",
            Localised::new(
                "材料不是这一位的，请换成本人的",
                "the paper is of somebody else: please send the right one",
            ),
        ),
    ]
}

/// What the family reads with it: the reasons that were ticked, then what was written.
pub(super) fn said(locale: Locale, typed: &Pairs) -> Option<String> {
    let reasons = reasons();
    let chosen = reasons.iter().filter(|(name, _)| ticked(typed, REASON).any(|chosen| chosen == *name));
    let written = value(typed, &doing::said_field(ActName::Ask)).map(str::trim).filter(|said| !said.is_empty());
    let all: Vec<&str> = chosen.map(|(_, words)| words.say(locale)).chain(written).collect();
    (!all.is_empty()).then(|| all.join(locale.say("；", "; ")))
}

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    let name = doing::name(ActName::Ask);
    let field = doing::said_field(ActName::Ask);
    // What seems to be missing is ticked until somebody says otherwise.
    let chosen: Vec<String> =
        if form.is_of(name) { ticked(&form.typed, ITEM).map(str::to_owned).collect() } else { lacking(opened) };
    let boxes = items(opened).into_iter().enumerate().map(|(place, id)| {
        let box_id = format!("{ITEM}.{place}");
        let is_ticked = chosen.contains(&id);
        let words = opened.item(&id);
        view! {
            <label class="pick">
                <input type="checkbox" id=box_id name=ITEM checked=is_ticked value=id />
                <span>{words}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let why = reasons().into_iter().map(|(reason, words)| {
        let is_ticked = ticked(&form.typed, REASON).any(|chosen| chosen == reason);
        view! {
            <label class="pick">
                <input type="checkbox" id=format!("{REASON}.{reason}") name=REASON checked=is_ticked value=reason />
                <span>{words.say(locale).to_owned()}</span>
            </label>
        }
    });
    let why = why.collect_view();
    view! {
        <details class="ask" open=form.is_of(name)>
            <summary>{locale.say("材料不全，要求补正…", "Something is missing: ask for it…")}</summary>
            <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                {seen(opened)}
                <fieldset>
                    <legend>{locale.say("要补哪些（只能要求一次，请一次选全）", "What is missing (asked for once: choose all of it)")}</legend>
                    <p class="soft">
                        {locale.say(
                            "看来缺的已经勾上；在窗口收到了的，请把勾去掉。",
                            "What seems to be missing is ticked. Untick what came to the counter.",
                        )}
                    </p>
                    {boxes}
                </fieldset>
                <fieldset>
                    <legend>{locale.say("为什么要补（可以不选，申请人看得到）", "Why (optional; the applicant reads it)")}</legend>
                    {why}
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

/// What seems to be missing: papers of which no file is here, and answers that were left out and can still change how the rules find it.
pub(super) fn lacking(opened: &Opened<'_>) -> Vec<String> {
    let (not_here, facts) = (papers::not_here(&opened.case), &opened.procedure().rules.facts);
    let open = opened.case.verdict.iter().flat_map(|verdict| &verdict.open);
    let open = open.filter_map(|question| match question {
        Question::Household(place) => facts.get(*place).map(|fact| fact.id.as_str()),
        Question::Person(..) | Question::People => None,
    });
    let open: Vec<&str> = open.collect();
    let is_lacking = |id: &String| open.contains(&id.as_str()) || not_here.iter().any(|paper| paper.id == *id);
    items(opened).into_iter().filter(is_lacking).collect()
}

#[cfg(test)]
mod tests {
    use shared::plain_words::PlainWords;

    use super::*;

    #[test]
    fn all_reasons_together_are_words_that_a_family_can_be_told() {
        let typed: Pairs = reasons().into_iter().map(|(name, _)| (REASON.to_owned(), name.to_owned())).collect();
        for locale in Locale::ALL {
            let said = said(locale, &typed).unwrap();
            assert!(PlainWords::of(PlainWords::ASKED, 500, &said).is_ok(), "{said}");
        }
        let none: Pairs = vec![("said-ask".to_owned(), "  ".to_owned())];
        assert_eq!(said(Locale::Zh, &none), None);
    }
}
