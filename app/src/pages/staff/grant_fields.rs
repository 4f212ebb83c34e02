//! The fields of a role that is to be given: which, where, and for how long.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::staff::{giving::in_its_way, roles::Held, scopes::Scopes};
use shared::{
    calendar::{at, end_of_day, shanghai_date},
    civil_date::{DateBoxes, parse_date},
    field::{Asked, FieldMessage},
    locale::Locale,
    problem::Problem,
    say,
    staff::{Grant, Refusal, Role, Scope},
};

use super::sign_in::message;
use crate::{
    components::{
        choice::{Choice, ChoiceOption},
        date_field::DateField,
        error_summary::message_at,
        field::Labelled,
    },
    pairs::{Pairs, value},
};

const ROLE: &str = "role";
const SCOPE: &str = "scope";
const FROM: &str = "from";
const UNTIL: &str = "until";
/// The last year that a role may end in.
const LATEST: i32 = 2200;

/// What can be chosen.
pub(super) struct Choices<'a> {
    pub(super) locale: Locale,
    pub(super) scopes: &'a Scopes,
    /// Where roles may be given.
    pub(super) there: Vec<Scope>,
    pub(super) now: DateTime<Utc>,
}

impl Choices<'_> {
    /// The role as it was filled in, or what is wrong with it.
    pub(super) fn read(&self, typed: &Pairs) -> Result<Grant, Vec<FieldMessage>> {
        let locale = self.locale;
        let mut messages = Vec::new();
        let role = value(typed, ROLE).and_then(Role::from_name);
        if role.is_none() {
            messages.push(message(ROLE, locale.say("请选择岗位。", "Choose a role.")));
        }
        let scope = value(typed, SCOPE).and_then(|text| text.split_once(':'));
        let scope = scope.and_then(|(kind, id)| Scope::restore(kind, id)).filter(|scope| self.there.contains(scope));
        if scope.is_none() {
            messages.push(message(SCOPE, locale.say("请选择在哪里任职。", "Choose where it holds.")));
        }
        if let Some(role) = role.filter(|role| role.is_of_whole_office())
            && matches!(scope, Some(Scope::Place(_) | Scope::Organisation(_)))
        {
            let refused = Problem::from(Refusal::WholeOffice { role });
            messages.push(message(SCOPE, &refused.sentence(locale)));
        }
        let today = shanghai_date(self.now);
        let mut day = |name: &str| match self.day(typed, name) {
            Ok(Some(day)) if day < today => {
                messages.push(message(name, locale.say("日期不能早于今天。", "The day cannot be before today.")));
                None
            }
            Ok(day) => day,
            Err(wrong) => {
                messages.push(wrong);
                None
            }
        };
        let (first, last) = (day(FROM), day(UNTIL));
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            let sentence = locale.say("最后一天不能早于开始那天。", "The last day cannot be before the first.");
            messages.push(message(UNTIL, sentence));
        }
        match (role, scope) {
            (Some(role), Some(scope)) if messages.is_empty() => {
                let from = first.map_or(self.now, |day| at(day, 0).max(self.now));
                Ok(Grant { role, scope, from, until: last.map(|day| end_of_day(at(day, 0))) })
            }
            _ => Err(messages),
        }
    }

    fn day(&self, typed: &Pairs, name: &str) -> Result<Option<NaiveDate>, FieldMessage> {
        let text = boxes(typed, name).join();
        if text.is_empty() {
            return Ok(None);
        }
        let read = parse_date(Asked::DATE, &text, 2000, LATEST);
        read.map(Some).map_err(|reason| message(name, &reason.sentence(self.locale)))
    }

    /// The fields, with what was typed. `live` is what the person has or will have: what stands in a role's way is said
    /// before it is chosen.
    pub(super) fn fields(&self, typed: &Pairs, messages: &[FieldMessage], live: &[&Held], with_time: bool) -> AnyView {
        let locale = self.locale;
        let roles = Role::ALL.iter().map(|role| {
            let option = ChoiceOption::new(role.name(), role.words(locale));
            let option = match self.remark(*role, live) {
                Some(remark) => option.hint(remark),
                None => option,
            };
            if in_its_way(*role, live.iter().copied()).is_some() { option.disabled() } else { option }
        });
        let roles: Vec<_> = roles.collect();
        let chosen = value(typed, SCOPE).unwrap_or_default();
        let scopes = self.there.iter().map(|scope| {
            let (kind, id) = scope.columns();
            let key = format!("{kind}:{id}");
            let (name, is_chosen) = (scope_words(locale, self.scopes, scope), key == chosen);
            view! { <option value=key selected=is_chosen>{name}</option> }
        });
        let scopes = scopes.collect_view();
        let time = with_time.then(|| {
            let hint = locale.say("不填就从现在开始", "Left empty, it begins now");
            let until = locale.say("不填就一直有效，直到收回", "Left empty, it holds until it is taken back");
            view! {
                <DateField
                    locale=locale
                    name=FROM
                    legend=locale.say("从哪天起", "From which day")
                    value=boxes(typed, FROM)
                    hint=Some(hint.to_owned())
                    error=message_at(messages, FROM)
                />
                <DateField
                    locale=locale
                    name=UNTIL
                    legend=locale.say("最后一天", "Last day")
                    value=boxes(typed, UNTIL)
                    hint=Some(until.to_owned())
                    error=message_at(messages, UNTIL)
                />
            }
        });
        view! {
            <Choice
                locale=locale
                name=ROLE
                legend=locale.say("岗位", "Role")
                answers=roles
                chosen=value(typed, ROLE).unwrap_or_default().to_owned()
                error=message_at(messages, ROLE)
            />
            <Labelled
                locale=locale
                name=SCOPE
                label=locale.say("在哪里任职", "Where it holds")
                error=message_at(messages, SCOPE)
            >
                <select class="input" id=SCOPE name=SCOPE>{scopes}</select>
            </Labelled>
            {time}
        }
        .into_any()
    }

    /// What is to be known of a role before it is chosen.
    fn remark(&self, role: Role, live: &[&Held]) -> Option<String> {
        let locale = self.locale;
        if let Some(Refusal::RolesExclude { held, .. }) = in_its_way(role, live.iter().copied()) {
            let held = held.words(locale);
            return Some(say!(
                locale,
                "和现有岗位“{held}”不能兼任，要先收回那个",
                "not together with “{held}”: take that back first"
            ));
        }
        if role.takes_two() {
            let remark =
                locale.say("先提出，再由另一位账号管理员同意", "proposed by you, approved by another administrator");
            return Some(remark.to_owned());
        }
        let has_places = self.there.iter().any(|scope| !matches!(scope, Scope::Office(_)));
        (has_places && role.is_of_whole_office())
            .then(|| locale.say("只能选整个大厅", "for a whole office alone").to_owned())
    }
}

/// Where a role holds, in words.
pub(super) fn scope_words(locale: Locale, scopes: &Scopes, scope: &Scope) -> String {
    let name = scopes.name(scope).say(locale).to_owned();
    match scope {
        Scope::Office(_) => say!(locale, "{name}（整个大厅）", "{name} (the whole office)"),
        Scope::Place(_) => say!(locale, "{name}（只这一处）", "{name} (this place)"),
        // It has no name of its own here.
        Scope::Organisation(_) => say!(locale, "整个机构（{name}）", "the whole organisation ({name})"),
    }
}

fn boxes(typed: &Pairs, name: &str) -> DateBoxes {
    let part = |part: &str| value(typed, &format!("{name}.{part}")).unwrap_or_default().chars().take(20).collect();
    DateBoxes { year: part("year"), month: part("month"), day: part("day") }
}
