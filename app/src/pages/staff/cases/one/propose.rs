//! Proposing a decision: what is granted and how much, or what is refused, on which condition, on which facts and evidence.

use leptos::prelude::*;
use shared::{
    eligibility::truth::Truth,
    procedures::{ActName, Payee, letter},
};

use super::{Opened, acts::seen, checks, doing, form::Form};
use crate::components::{
    choice::{Choice, ChoiceOption},
    text_area::TextArea,
    text_field::TextField,
};

/// As [`shared::procedures::Decision::read`] names them.
pub(super) const FIELDS: [&str; 7] = ["outcome", "sum", "cash", "requirement", "facts", "evidence", "article"];

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> AnyView {
    let locale = opened.locale();
    let name = doing::name(ActName::Propose);
    let [outcome, sum, _, requirement, facts, evidence, article] = FIELDS;
    let outcomes = vec![
        ChoiceOption::new("granted", locale.say("准予", "grant it")),
        ChoiceOption::new("refused", locale.say("不予", "refuse it")),
    ];
    let reckoned = opened.case.verdict.as_ref().and_then(|verdict| checks::sum(opened, verdict));
    view! {
        <details class="ask" open=form.is_of(name)>
            <summary>{locale.say("提出意见…", "Propose a decision…")}</summary>
            <form class="ask-body flow deciding" method="post" action=opened.itself() novalidate>
                {seen(opened)}
                <Choice
                    locale=locale
                    name=outcome
                    legend=locale.say("您的意见", "What you propose")
                    answers=outcomes
                    chosen=form.text(outcome)
                    error=form.error(outcome)
                />
                <div class="for-granted">
                    <TextField
                        locale=locale
                        name=sum
                        label=locale.say("金额，元（还没有核定的可以空着）", "Sum in yuan (empty where it is not worked out yet)")
                        value=form.text(sum)
                        hint=reckoned
                        error=form.error(sum)
                        inputmode="decimal"
                        width="input-short"
                    />
                    {in_cash(opened, form)}
                </div>
                <div class="for-refused flow">
                    <Choice
                        locale=locale
                        name=requirement
                        legend=locale.say("不符合哪一条", "Which condition is not met")
                        answers=requirements(opened)
                        chosen=form.text(requirement)
                        error=form.error(requirement)
                    />
                    <TextArea
                        locale=locale
                        name=facts
                        label=locale.say("查明的事实（写进决定书，申请人看得到）", "What was found (it stands in the letter)")
                        value=form.text(facts)
                        error=form.error(facts)
                        rows=3
                    />
                    <TextArea
                        locale=locale
                        name=evidence
                        label=locale.say("证据（写进决定书）", "What shows it (it stands in the letter)")
                        value=form.text(evidence)
                        error=form.error(evidence)
                        rows=2
                    />
                    <TextField
                        locale=locale
                        name=article
                        label=locale.say("依据哪个文件的哪一条（写进决定书）", "Text and article that it goes by (it stands in the letter)")
                        hint=Some(
                            locale
                                .say(
                                    "上面选的那一条已经列出条文的，可以空着；没有列出的，一定要写，要看过原文",
                                    "Empty where the condition chosen above names its article; needed where it names none, from the text itself",
                                )
                                .to_owned(),
                        )
                        value=form.text(article)
                        error=form.error(article)
                    />
                </div>
                <p class="tells">
                    {locale.say(
                        "意见要由另一个人在 72 小时里复核，才成为决定。改了任何一项内容，意见就作废。",
                        "Another person has to sign it within 72 hours; then it is decided. Whatever answer is put right voids it.",
                    )}
                </p>
                <p class="actions">
                    <button class="act act-strong" name="do" value=name>
                        {locale.say("提出意见，请别人复核", "Propose it for a second signature")}
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// Why it is paid in cash; only where something is paid at all.
fn in_cash(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let (locale, [_, _, cash, ..]) = (opened.locale(), FIELDS);
    let label = locale.say(
        "例外付现金的理由（打到账户的，空着；复核的人要看，不要写号码）",
        "Why it is paid in cash, as an exception (empty where it goes to the account; whoever signs reads it; no numbers)",
    );
    (opened.procedure().payee == Payee::Applicant).then(|| {
        let (value, error) = (form.text(cash), form.error(cash));
        view! { <TextField locale=locale name=cash label=label value=value error=error /> }.into_any()
    })
}

/// Each condition of which a text was seen, with how the rules find it and whether its text was seen.
fn requirements(opened: &Opened<'_>) -> Vec<ChoiceOption> {
    let (locale, procedure) = (opened.locale(), opened.procedure());
    let each = procedure.grounds().map(|requirement| {
        let asks = requirement.text.first().map_or(&requirement.says.yes, |passage| &passage.asks);
        let cited = letter::articles(procedure, Some(requirement.id.as_str()), opened.counts_on(), locale);
        let truth = checks::truth_of(opened, &requirement.id);
        let found = match truth {
            Some(Truth::No) => locale.say("按填写的内容不符合", "not met by what was answered"),
            Some(Truth::Yes) => locale.say("按填写的内容符合", "met by what was answered"),
            Some(Truth::Open) | None => locale.say("按填写的内容看不出来", "not to be told from what was answered"),
        };
        let unseen = cited.is_empty().then(|| {
            locale.say(
                "看到的条文里没有这一条，请先核对原文，把文件和条款写在依据里",
                "no text that was seen says it: read the text itself first and name it and its article below",
            )
        });
        let is_unsettled = truth != Some(Truth::No) && procedure.is_unsettled(requirement);
        let unsettled = (is_unsettled && !cited.is_empty()).then(|| {
            locale.say(
                "看到的条文没有定，请在依据里写明您依据的条文",
                "no text that was seen settles it: name the one you go by below",
            )
        });
        let hint = cited.iter().map(String::as_str).chain([found]).chain(unseen).chain(unsettled);
        let hint = hint.collect::<Vec<_>>().join(locale.say("；", "; "));
        ChoiceOption::new(requirement.id.clone(), asks.say(locale)).hint(hint)
    });
    let other = locale.say("其他：事实和依据写在下面", "Something else: its facts and its article stand below");
    each.chain([ChoiceOption::new("other", other)]).collect()
}
