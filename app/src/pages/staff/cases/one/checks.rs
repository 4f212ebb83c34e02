//! What the rules make of the answers, condition by condition: met, not met or not known, each with the text that it rests on. The
//! rules decide nothing.

use leptos::prelude::*;
use shared::{
    calendar::shanghai_date,
    eligibility::{
        pack::{Grade, Legal, Passage, Requirement},
        reason::Reason,
        truth::Truth,
        verdict::Verdict,
        words::money,
    },
    locale::Locale,
    procedures::told::settled,
    say,
};

use super::Opened;
use crate::{
    benefits::source,
    components::{notice::Tone, tag::Tag},
};

pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    if opened.case.is_erased() {
        return None;
    }
    let body = match &opened.case.verdict {
        Some(verdict) => judged(opened, verdict),
        None => view! {
            <p>
                {locale.say(
                    "看到的规定在算数的那一天还没有开始，或者已经结束，系统没有核对。请查那时的条文。",
                    "On the day that counts the rules that were seen had not begun, or had ended, so nothing was checked. Please go \
                     by the text of that time.",
                )}
            </p>
        }
        .into_any(),
    };
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("按规定核对", "Checked against the rules")}</h2>
                {body}
                {of_the_rule(opened)}
            </section>
        }
        .into_any(),
    )
}

/// Whether the rule itself is due to be looked at again, and whether it was claimed in time.
fn of_the_rule(opened: &Opened<'_>) -> Vec<AnyView> {
    let (locale, procedure, case) = (opened.locale(), opened.procedure(), &opened.case);
    let handed_in = shanghai_date(case.submitted_at);
    let claimed = case.claim_ends.and_then(|until| settled::claimed(procedure, until, handed_in, locale));
    let told = settled::review(procedure, opened.today, locale).into_iter().chain(claimed);
    told.map(|sentence| view! { <p>{sentence}</p> }.into_any()).collect()
}

/// How the rules find a condition, if they looked at it.
pub(super) fn truth_of(opened: &Opened<'_>, requirement: &str) -> Option<Truth> {
    let place = opened.procedure().requirements().iter().position(|known| known.id == requirement)?;
    let reasons = &opened.case.verdict.as_ref()?.reasons;
    reasons.iter().find(|reason| reason.requirement == place).map(|reason| reason.truth)
}

fn judged(opened: &Opened<'_>, verdict: &Verdict) -> AnyView {
    let locale = opened.locale();
    let requirements = opened.procedure().requirements();
    let lines = verdict.reasons.iter().filter_map(|reason| Some((reason, requirements.get(reason.requirement)?)));
    let lines: Vec<_> = lines.map(|(reason, requirement)| line(opened, reason, requirement)).collect();
    let unknown = opened.procedure().rules.benefits.iter().flat_map(|benefit| &benefit.unknown);
    let unknown: Vec<_> = unknown.map(|words| view! { <li>{words.say(locale).to_owned()}</li> }).collect();
    let unknown = (!unknown.is_empty()).then(|| {
        view! {
            <p>{locale.say("没有见到规定的，由您判断（下面是对申请人说的话）：", "What no text that was seen says is yours to judge (this is what the applicant is told):")}</p>
            <ul>{unknown}</ul>
        }
    });
    view! {
        <p class="soft">
            {locale.say(
                "这是按填写的内容算的，不代替审核：内容对不对，看材料。每条的第一句是对申请人说的话。",
                "This follows from what was answered and decides nothing: whether the answers are right, the papers say. The first \
                 sentence of each is what the applicant is told.",
            )}
        </p>
        <ul class="case-checks" role="list">{lines}</ul>
        {unknown}
        {sum(opened, verdict).map(|sum| view! { <p>{sum}</p> })}
    }
    .into_any()
}

fn line(opened: &Opened<'_>, reason: &Reason, requirement: &Requirement) -> AnyView {
    let locale = opened.locale();
    let (word, tone) = match (reason.bureau, reason.truth) {
        (true, _) => (locale.say("由您核实", "yours to check"), Tone::Info),
        (false, Truth::Yes) => (locale.say("符合", "met"), Tone::Success),
        (false, Truth::No) => (locale.say("不符合", "not met"), Tone::Danger),
        (false, Truth::Open) => (locale.say("还不清楚", "not clear"), Tone::Warning),
    };
    let says = match reason.truth {
        Truth::Yes => &requirement.says.yes,
        Truth::No => &requirement.says.no,
        Truth::Open => &requirement.says.open,
    };
    // A sentence with a figure in it is put together where the figure is known.
    let says = says.say(locale);
    let says = (!says.contains('{')).then(|| says.to_owned());
    let laws: Vec<_> = requirement.text.iter().map(|passage| law(opened, passage)).collect();
    view! {
        <li>
            <p><Tag text=word tone=tone /> " " {says}</p>
            {laws}
        </li>
    }
    .into_any()
}

/// What a text asks, and how sure it is that it does.
fn law(opened: &Opened<'_>, passage: &Passage) -> AnyView {
    let (locale, pack) = (opened.locale(), &opened.procedure().rules);
    let legal: &Legal = &pack.sources[passage.source];
    let cited = passage.cited(pack, locale);
    let checked = source::checked(locale, legal.grade, legal.checked, pack.is_stale(legal, opened.today));
    let asks = passage.asks.say(locale);
    view! { <p class="case-law">{say!(locale, "{cited}：{asks}（{checked}）", "{cited}: {asks} ({checked})")}</p> }
        .into_any()
}

/// The sum that the rules come to, and whether its figures were seen in the text itself; nothing where nothing is given.
pub(super) fn sum(opened: &Opened<'_>, verdict: &Verdict) -> Option<String> {
    let locale = opened.locale();
    let sum = verdict.amount?.value().map(|sum| money(locale, sum));
    Some(match sum {
        Some(sum) if opened.procedure().has_demo_sums() => say!(
            locale,
            "按演示用的数字算出来：{sum}，不是真的标准",
            "By figures invented for this demonstration it comes to {sum}, which is no real rule"
        ),
        Some(sum) if is_official(opened) => say!(locale, "按规定算出来：{sum}", "By the rules it comes to {sum}"),
        Some(sum) => not_seen(locale, &sum),
        None => locale
            .say(
                "规定的金额没有见到原文，算不出来：请查原文核定以后再写进决定。",
                "The sum that is set was not seen in the text itself: look it up there before you write it into a decision.",
            )
            .to_owned(),
    })
}

fn not_seen(locale: Locale, sum: &str) -> String {
    say!(
        locale,
        "按转载或者报道里的数字算出来：{sum}。没有见到原文，请核对以后再写进决定。",
        "By figures from copies or reports it comes to {sum}. The text itself was not seen: check it before you write it into a \
         decision."
    )
}

/// Whether every figure of these rules was read in the text itself.
fn is_official(opened: &Opened<'_>) -> bool {
    let pack = &opened.procedure().rules;
    let mut sources = pack.params.iter().flat_map(|param| &param.values).map(|dated| &pack.sources[dated.source]);
    sources.all(|source| source.grade == Grade::Official)
}
