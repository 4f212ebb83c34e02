//! The fields of an application, by their kinds: how each is drawn, and what a form says of them.

use leptos::prelude::*;
use shared::{
    civil_date::DateBoxes,
    eligibility::pack::FactOption,
    field::FieldMessage,
    locale::Locale,
    localised::Localised,
    procedures::{Field, FieldKind, Procedure, Typed, value::Address},
    say,
};

use crate::{
    components::{
        checkbox::Checkbox,
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::message_at,
        id_field::IdField,
        phone_field::PhoneField,
        text_area::TextArea,
        text_field::TextField,
    },
    pairs::{Pairs, value},
};

/// What the names of fields about whoever is at the keyboard begin with; their browser may know the answers.
const OWN: &str = "applicant_";

/// Before the name of a field of which two windows have said different things: whose answer is to stand.
pub(super) const KEEP: &str = "keep.";
/// Its answer for what the other window has saved.
pub(super) const THEIRS: &str = "theirs";

/// What a form says of the fields of its page. A field that was not there keeps what it holds.
pub(in crate::pages) fn read<'f>(fields: impl IntoIterator<Item = &'f Field>, sent: &Pairs) -> Typed {
    let counts = |field: &&Field| value(sent, &format!("{KEEP}{}", field.id)) != Some(THEIRS);
    let fields = fields.into_iter().filter(counts);
    fields.filter_map(|field| Some((field.id.clone(), said(field, sent)?))).collect()
}

fn said(field: &Field, sent: &Pairs) -> Option<String> {
    match (value(sent, &field.id), &field.kind) {
        // Beside the words stands the division, where a page asks for it by itself.
        (Some(rest), FieldKind::Address(_)) => {
            let division = value(sent, &division_of(&field.id));
            let is_asked = division.is_some() || value(sent, &asked_of(&field.id)).is_some();
            Some(if is_asked { Address::join(division.unwrap_or_default(), rest) } else { rest.to_owned() })
        }
        (Some(whole), _) => Some(whole.to_owned()),
        (None, FieldKind::Date) => {
            let part = |key: &str| value(sent, &format!("{}.{key}", field.id)).map(str::to_owned);
            Some(DateBoxes { year: part("year")?, month: part("month")?, day: part("day")? }.join())
        }
        // A box that is not ticked says nothing.
        (None, FieldKind::Declaration { .. }) => Some(String::new()),
        (None, _) => None,
    }
}

/// Who fills a field in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum By {
    Family,
    /// Somebody of the office, whom labels and hints do not speak to and of whom no browser fills anything in.
    Office,
}

/// One field with what was typed, and whether another answer may make it unnecessary.
pub(in crate::pages) fn draw(
    locale: Locale,
    procedure: &Procedure,
    (field, by, may_be_left): (&Field, By, bool),
    typed: &Typed,
    messages: &[FieldMessage],
) -> AnyView {
    let (name, error) = (field.id.clone(), message_at(messages, &field.id));
    let (label, hint) = (label(locale, field, by), hint(locale, (field, by), may_be_left));
    let value = typed.get(&field.id).cloned().unwrap_or_default();
    match &field.kind {
        FieldKind::Name | FieldKind::Money { .. } | FieldKind::Account | FieldKind::Certificate => {
            let (autocomplete, inputmode, width) = line(field, by);
            view! {
                <TextField
                    locale=locale
                    name=name
                    label=label
                    value=value
                    hint=hint
                    error=error
                    autocomplete=autocomplete
                    inputmode=inputmode
                    width=width
                />
            }
            .into_any()
        }
        FieldKind::IdNumber => {
            view! { <IdField locale=locale name=name label=label value=value hint=hint error=error /> }.into_any()
        }
        FieldKind::Phone => {
            let autocomplete = known_as(field, by, "tel");
            view! {
                <PhoneField
                    locale=locale
                    name=name
                    label=label
                    value=value
                    hint=hint
                    error=error
                    autocomplete=autocomplete
                />
            }
            .into_any()
        }
        FieldKind::Date => {
            let boxes = DateBoxes::split(&value);
            view! { <DateField locale=locale name=name legend=label value=boxes hint=hint error=error /> }.into_any()
        }
        FieldKind::Address(divisions) => address(locale, divisions, (name, label, &value), (hint, error)),
        FieldKind::Words { .. } => {
            view! { <TextArea locale=locale name=name label=label value=value hint=hint error=error rows=5 /> }
                .into_any()
        }
        FieldKind::Declaration { text, .. } => {
            let (statement, ticked) = (text.say(locale).to_owned(), value == "yes");
            view! { <Checkbox locale=locale name=name label=statement ticked=ticked hint=hint error=error /> }
                .into_any()
        }
        FieldKind::YesNo | FieldKind::Relation | FieldKind::Choice(_) => {
            let answers = options(locale, procedure, field).into_iter();
            let answers: Vec<_> = answers.map(|(id, words)| ChoiceOption::new(id, words)).collect();
            view! {
                <Choice
                    locale=locale
                    name=name
                    legend=label
                    answers=answers
                    chosen=value
                    hint=hint
                    error=error
                />
            }
            .into_any()
        }
    }
}

/// The division is chosen and the rest is written; both are one answer.
fn address(
    locale: Locale,
    divisions: &[FactOption],
    (name, label, value): (String, String, &str),
    (hint, error): (Option<String>, Option<String>),
) -> AnyView {
    let (division, rest) = Address::split(value);
    let known = divisions.iter().map(|option| ChoiceOption::new(option.id.clone(), option.label.say(locale)));
    let elsewhere = ChoiceOption::new(Address::ELSEWHERE, locale.say("别的地方", "Elsewhere"));
    let answers: Vec<_> = known.chain([elsewhere]).collect();
    let words = say!(locale, "{label}：街道和门牌", "{label}: street and number");
    view! {
        <Choice locale=locale name=division_of(&name) legend=label.clone() answers=answers chosen=division.to_owned() hint=hint />
        <input type="hidden" name=asked_of(&name) value="yes" />
        <TextArea locale=locale name=name label=words value=rest.to_owned() error=error rows=2 />
    }
    .into_any()
}

/// The name of the division beside an address.
fn division_of(field: &str) -> String {
    format!("{field}.division")
}

/// That a page asked for the division by itself: what is not chosen is not sent.
fn asked_of(field: &str) -> String {
    format!("{field}.parts")
}

/// How a line is filled in: what the browser may know, the keyboard of a phone, and how wide it is.
fn line(field: &Field, by: By) -> (&'static str, &'static str, &'static str) {
    match field.kind {
        FieldKind::Money { .. } => ("off", "decimal", "input-short"),
        FieldKind::Account => ("off", "numeric", "input-id"),
        FieldKind::Certificate => ("off", "text", "input-id"),
        _ => (known_as(field, by, "name"), "text", ""),
    }
}

/// What can be chosen in a field, by its id and in words; nothing where one types.
pub(super) fn options(locale: Locale, procedure: &Procedure, field: &Field) -> Vec<(String, String)> {
    let of = |options: &[FactOption]| {
        options.iter().map(|option| (option.id.clone(), option.label.say(locale).to_owned())).collect()
    };
    match &field.kind {
        FieldKind::YesNo => [("yes", locale.say("是", "Yes")), ("no", locale.say("不是", "No"))]
            .map(|(id, words)| (id.to_owned(), words.to_owned()))
            .into(),
        FieldKind::Relation => procedure.relations.as_ref().map(|relations| of(&relations.who)).unwrap_or_default(),
        FieldKind::Choice(options) => of(options),
        _ => Vec::new(),
    }
}

fn label(locale: Locale, field: &Field, by: By) -> String {
    let may_be_left = if field.optional { locale.say("（可以不填）", " (optional)") } else { "" };
    format!("{}{may_be_left}", called(field, by).say(locale))
}

fn called(field: &Field, by: By) -> &Localised {
    match by {
        By::Family => &field.label,
        By::Office => field.for_office(),
    }
}

/// The same messages as they stand together above a form, away from their fields: each with what its field is called.
pub(in crate::pages) fn named(
    locale: Locale,
    messages: &[FieldMessage],
    called: impl Fn(&str) -> Option<String>,
) -> Vec<FieldMessage> {
    let named = |message: &FieldMessage| {
        let Some(name) = called(&message.field) else { return message.clone() };
        let text = &message.message;
        let sentence = if name.ends_with(['？', '?']) {
            say!(locale, "{name}{text}", "{name} {text}")
        } else {
            say!(locale, "{name}：{text}", "{name}: {text}")
        };
        FieldMessage { message: sentence, ..message.clone() }
    };
    messages.iter().map(named).collect()
}

/// [`named`] for the family, whom labels speak to.
pub(super) fn labelled(locale: Locale, procedure: &Procedure, messages: &[FieldMessage]) -> Vec<FieldMessage> {
    named(locale, messages, |id| procedure.field(id).map(|field| field.label.say(locale).to_owned()))
}

fn hint(locale: Locale, (field, by): (&Field, By), may_be_left: bool) -> Option<String> {
    let unit = matches!(field.kind, FieldKind::Money { .. }).then(|| locale.say("单位是元", "In yuan"));
    let may_be_left = may_be_left.then(|| {
        locale.say(
            "前面的回答已经说明、不用再填的，这一项空着就行",
            "Leave this empty if your answer above makes it unnecessary",
        )
    });
    let own = field.hint.as_ref().filter(|_| by == By::Family).map(|hint| hint.say(locale));
    let parts = [own, unit, may_be_left];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(locale.say("。", ". ")))
}

/// The name by which a browser fills in what it knows of whoever has it in hand; it knows nothing of others.
fn known_as(field: &Field, by: By, name: &'static str) -> &'static str {
    if by == By::Family && field.id.starts_with(OWN) { name } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str, kind: FieldKind) -> Field {
        let label = Localised::new(id, id);
        Field { id: id.to_owned(), kind, label, called: None, hint: None, optional: false, asked_if: None }
    }

    fn sent(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_says_only_what_was_on_its_page() {
        let text = Localised::new("", "");
        let declared = FieldKind::Declaration { version: "1".to_owned(), text, consent: Vec::new() };
        let fields = [
            field("name", FieldKind::Name),
            field("day", FieldKind::Date),
            field("here", FieldKind::YesNo),
            field("wish", declared),
        ];
        let boxes = [("name", "甲"), ("day.year", "2026"), ("day.month", "5"), ("day.day", "6"), ("other", "x")];
        let typed = read(&fields, &sent(&boxes));
        let told: Vec<_> = typed.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        assert_eq!(
            told,
            [("day", "2026-5-6"), ("name", "甲"), ("wish", "")],
            "nothing was chosen, and nothing is lost"
        );
        let home = field("home", FieldKind::Address(Vec::new()));
        let said = |pairs: &[(&str, &str)]| read([&home], &sent(pairs))["home"].clone();
        let parts = ("home.parts", "yes");
        assert_eq!(said(&[parts, ("home.division", "440305"), ("home", "1号")]), "440305 1号");
        assert_eq!(said(&[parts, ("home", "演示街道 1号")]), " 演示街道 1号", "no division was chosen");
        assert_eq!(said(&[("home", "440305 1号")]), "440305 1号", "a program says it in one piece");
        let whole = read(&fields, &sent(&[("day", "2026-05-06"), ("wish", "yes"), ("here", "no")]));
        assert_eq!(
            (whole["day"].as_str(), whole["wish"].as_str(), whole["here"].as_str()),
            ("2026-05-06", "yes", "no")
        );
    }

    #[test]
    fn above_a_form_each_message_says_which_field_it_is_of() {
        let message = |field: &str| FieldMessage {
            field: field.to_owned(),
            code: "any".to_owned(),
            message: "请选一项。".to_owned(),
        };
        let called = |id: &str| match id {
            "kind" => Some("怎么安葬的？".to_owned()),
            "relation" => Some("您是逝者的".to_owned()),
            _ => None,
        };
        let named = named(Locale::Zh, &["kind", "relation", "other"].map(message), called);
        let told: Vec<_> = named.iter().map(|message| message.message.as_str()).collect();
        assert_eq!(told, ["怎么安葬的？请选一项。", "您是逝者的：请选一项。", "请选一项。"]);
        assert_eq!(named[0].field, "kind", "it still leads to its field");
    }

    #[test]
    fn a_browser_fills_in_what_it_knows_of_the_family_and_nothing_of_somebody_at_work() {
        let own = field("applicant_name", FieldKind::Name);
        assert_eq!((known_as(&own, By::Family, "name"), known_as(&own, By::Office, "name")), ("name", "off"));
        assert_eq!(known_as(&field("deceased_name", FieldKind::Name), By::Family, "name"), "off");
    }

    #[test]
    fn of_two_answers_the_one_that_is_to_stand_is_left_alone() {
        let fields = [field("name", FieldKind::Name), field("account", FieldKind::Account)];
        let chosen = [("name", "甲"), ("keep.name", "theirs"), ("account", "1"), ("keep.account", "mine")];
        assert_eq!(read(&fields, &sent(&chosen)), Typed::from([("account".to_owned(), "1".to_owned())]));
    }
}
