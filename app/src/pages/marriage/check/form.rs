//! The questions of the check.

use leptos::prelude::*;
use shared::{
    civil_date::DateBoxes,
    field::FieldMessage,
    locale::Locale,
    marriage::{
        MaritalStatus, PartyKind,
        check::{CheckInput, CheckPartyInput, Kinship},
    },
    say,
};

use crate::{
    components::{
        button::Button,
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::message_at,
    },
    islands::marriage_check::Days,
    visit::Visit,
};

/// The form, with what the island around it needs to answer without a request.
pub(super) fn form(visit: &Visit, typed: CheckInput, messages: &[FieldMessage], days: Days) -> AnyView {
    let locale = visit.locale;
    let CheckInput { date, mut parties, kinship } = typed;
    parties.resize_with(2, CheckPartyInput::default);
    let parties = parties.into_iter().enumerate().map(|(index, typed)| party(locale, index, typed, messages));
    let parties = parties.collect_view();
    let kinships = Kinship::ALL.iter().map(|kinship| ChoiceOption::new(kinship.wire(), kinship.label(locale)));
    let kin = locale.say(
        "例如父母与子女、兄弟姐妹、叔伯姑舅姨与侄甥、堂表兄弟姐妹",
        "For example parents and children, brothers and sisters, uncles or aunts and nephews or nieces, first cousins",
    );
    let unless = say!(
        locale,
        "不填就按最早可约的{}来看",
        "If you leave this empty, we use {}, the first day you can book",
        locale.date(days.next)
    );
    view! {
        <form
            class="check-form flow"
            id="check"
            method="post"
            action=visit.url("/marriage/check")
            novalidate
            data-today=days.today.to_epoch_days().to_string()
            data-next=days.next.to_epoch_days().to_string()
            data-last=days.last.to_epoch_days().to_string()
            data-released=days.released.to_epoch_days().to_string()
            data-book-at=visit.url("/marriage/book")
        >
            {parties}
            <h2>{locale.say("您二位", "The two of you")}</h2>
            <Choice
                locale=locale
                name="kinship"
                legend=locale.say("您二位有没有直系血亲或三代以内旁系血亲关系？", "Are you related in the direct line, or collaterally within three generations?")
                answers=kinships.collect()
                chosen=kinship
                hint=Some(kin.to_owned())
                error=message_at(messages, "kinship")
            />
            <DateField
                locale=locale
                name="date"
                legend=locale.say("想哪天登记？（可以不填）", "When do you want to register? (optional)")
                value=DateBoxes::split(&date)
                hint=Some(unless)
                error=message_at(messages, "date")
            />
            <p class="actions">
                <Button text=locale.say("看结果", "See the result") />
            </p>
        </form>
    }
    .into_any()
}

fn party(locale: Locale, index: usize, typed: CheckPartyInput, messages: &[FieldMessage]) -> AnyView {
    let name = |field: &str| format!("parties.{index}.{field}");
    let error = |field: &str| message_at(messages, &name(field));
    let title = if index == 0 { locale.say("男方", "The groom") } else { locale.say("女方", "The bride") };
    // Nearly everybody is from the mainland, so that is chosen to begin with.
    let kind = if typed.kind.is_empty() { PartyKind::Mainland.wire().to_owned() } else { typed.kind };
    let kinds = PartyKind::ALL.iter().map(|kind| ChoiceOption::new(kind.wire(), kind.label(locale)));
    let statuses = MaritalStatus::ALL.iter().map(|status| {
        let option = ChoiceOption::new(status.wire(), status.label(locale));
        match status {
            MaritalStatus::Unsure => option.hint(locale.say(
                "婚姻被法院判决无效或者撤销过，或者离婚是外国法院判的，也请选这一项",
                "Also if a court declared a marriage void or annulled it, or if a foreign court divorced you",
            )),
            _ => option,
        }
    });
    let person = title.to_lowercase();
    let of = |zh: &str, en: String| match locale {
        Locale::Zh => format!("{title}{zh}"),
        Locale::En => en,
    };
    view! {
        <h2>{title}</h2>
        <Choice
            locale=locale
            name=name("kind")
            legend=of("是哪里的居民？", format!("Where is {person} a resident?"))
            answers=kinds.collect()
            chosen=kind
            error=error("kind")
        />
        <DateField
            locale=locale
            name=name("birth_date")
            legend=of("出生日期", format!("When was {person} born?"))
            value=DateBoxes::split(&typed.birth_date)
            hint=Some(locale.say("例如 1999 年 1 月 10 日", "For example 10 1 1999").to_owned())
            error=error("birth_date")
        />
        <Choice
            locale=locale
            name=name("status")
            legend=of("现在的婚姻状况", format!("What is {person}’s marital status now?"))
            answers=statuses.collect()
            chosen=typed.status
            error=error("status")
        />
    }
    .into_any()
}
