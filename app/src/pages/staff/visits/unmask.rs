//! Reading one thing of one person in full: for a reason, in the answer to this form alone.

use axum::http::{HeaderMap, StatusCode};
use leptos::prelude::*;
use server::{
    App, Error,
    client::Client,
    counter::unmask::{Unmasking, unmask},
    even_time,
    staff::{authority, authority::Staff, sign_in::confirm, token::Token},
};
use shared::{
    counter::{PersonalDetail, Reason, Seen, UnmaskReason},
    field::{self, Asked as Question, FieldErrors, FieldMessage},
    identity::MaskedPerson,
    locale::Locale,
    problem::Problem,
    say,
    staff::Refusal,
};

use super::Opened;
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Choice, ChoiceOption},
        error_summary::message_at,
        notice::Notice,
        text_field::TextField,
    },
    pages::staff::sign_in::{self, attempt},
    pairs::{Pairs, value},
};

/// What the form says when it comes back.
#[derive(Clone, Default)]
pub(super) struct Unmask {
    what: String,
    why: String,
    reason: String,
    pub(super) messages: Vec<FieldMessage>,
    /// Whether password and code are asked for.
    proof: bool,
    /// Whose, what, and in full.
    value: Option<(String, PersonalDetail, String)>,
}

impl Unmask {
    /// Whether something is shown in full.
    pub(super) fn is_shown(&self) -> bool {
        self.value.is_some()
    }
}

/// What came of the form.
pub(super) struct Sent {
    pub(super) status: StatusCode,
    pub(super) unmask: Unmask,
    /// Under which the session goes on, where somebody proved again who they are.
    pub(super) session: Option<Token>,
}

/// Takes the form.
///
/// # Errors
/// Whatever this page does not say itself.
pub(super) async fn take(
    app: &App,
    staff: &Staff,
    (client, headers): (&Client, &HeaderMap),
    opened: &Opened<'_>,
    typed: &Pairs,
) -> Result<Sent, Error> {
    let locale = opened.locale();
    let text = |name| value(typed, name).unwrap_or_default().to_owned();
    let form = Unmask { what: text("what"), why: text("why"), reason: text("reason"), ..Unmask::default() };
    let (who, unmasking) = match read(opened, &form) {
        Ok(read) => read,
        Err(errors) => {
            let unmask = Unmask { messages: errors.messages(locale), ..form };
            return Ok(Sent { status: StatusCode::UNPROCESSABLE_ENTITY, unmask, session: None });
        }
    };
    let (mut staff, mut session) = (staff.clone(), None);
    if value(typed, "password").is_some() {
        match prove(app, &staff, (client, headers), typed, locale).await? {
            Ok(token) => session = Some(token),
            Err((status, messages)) => {
                return Ok(Sent { status, unmask: Unmask { messages, proof: true, ..form }, session: None });
            }
        }
        staff = authority::again(app, &staff, app.now()).await?;
    }
    let what = unmasking.what;
    match unmask(app, &staff, &opened.one.row.id, unmasking, app.now()).await {
        Ok(value) => {
            let unmask = Unmask { value: Some((who, what, value)), ..Unmask::default() };
            Ok(Sent { status: StatusCode::OK, unmask, session })
        }
        Err(error) if matches!(error.refusal(), Some(Refusal::SignInAgain)) => {
            Ok(Sent { status: StatusCode::FORBIDDEN, unmask: Unmask { proof: true, ..form }, session })
        }
        Err(error) => Err(error),
    }
}

type Wrong = (StatusCode, Vec<FieldMessage>);

async fn prove(
    app: &App,
    staff: &Staff,
    (client, headers): (&Client, &HeaderMap),
    typed: &Pairs,
    locale: Locale,
) -> Result<Result<Token, Wrong>, Error> {
    let missing = sign_in::missing(locale, typed, &["password", "code"]);
    if !missing.is_empty() {
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, missing)));
    }
    let device = attempt::device(app, headers);
    let attempt = attempt::attempt(client, device.as_ref(), typed);
    match even_time::answer(confirm(app, &staff.signed, attempt, app.now()), Result::is_err).await {
        Ok(token) => Ok(Ok(token)),
        Err(error) => {
            let problem = error.into_problem();
            match problem.refusal() {
                Some(Refusal::NotRecognised | Refusal::TooManyTries { .. }) => {
                    let messages = vec![sign_in::message("password", &problem.sentence(locale))];
                    Ok(Err((server::rejection::status(&problem), messages)))
                }
                _ => Err(problem.into()),
            }
        }
    }
}

/// Whose it is, masked, and what is to be read.
fn read(opened: &Opened<'_>, form: &Unmask) -> Result<(String, Unmasking), FieldErrors> {
    let mut errors = FieldErrors::new();
    let what = match Seen::from_name(&form.what) {
        Some(Seen::Unmasked { who, what }) => {
            opened.one.row.people.get(usize::from(who)).map(|person| (who, what, person))
        }
        _ => None,
    };
    let what = errors.keep("what", what.ok_or(field::Reason::Missing(&WHAT)));
    let why = reasons(opened).iter().copied().find(|why| why.name() == form.why);
    let why = errors.keep("why", why.ok_or(field::Reason::Missing(&WHY)));
    let reason = errors.keep("reason", reason(&form.reason)).flatten();
    if why == Some(UnmaskReason::Safety) && reason.is_none() && errors.for_field("reason").is_none() {
        errors.push("reason", field::Reason::Missing(&SAID));
    }
    match (what, why) {
        (Some((who, what, person)), Some(why)) if errors.is_empty() => {
            Ok((told_apart(opened.locale(), person), Unmasking { who, what, why, reason }))
        }
        _ => Err(errors),
    }
}

/// Whoever opened it for safety reads nothing of it for what those would learn who hold the booking.
fn reasons(opened: &Opened<'_>) -> &'static [UnmaskReason] {
    if opened.one.purpose.is_hidden() { &[UnmaskReason::Safety] } else { UnmaskReason::ALL }
}

/// Words for the record, where there are any.
///
/// # Errors
/// Why they cannot be kept.
pub(super) fn reason(text: &str) -> Result<Option<Reason>, field::Reason> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Reason::parse(text).map(Some)
}

static WHAT: Question = Question::one_of("unmask_what_missing", "请选择看哪一项。", "Choose what to read.");
static SAID: Question = Question::typed(
    "unmask_reason_missing",
    ("为保护当事人查看的，请写明情况，不要写号码。", "To keep somebody safe: say in a few words what it is about."),
    ("补充说明", "words"),
);
static WHY: Question = Question::one_of("unmask_why_missing", "请选择为什么要看。", "Choose why.");

/// What was asked for, in full.
pub(super) fn shown(locale: Locale, unmask: &Unmask) -> Option<AnyView> {
    let (who, what, value) = unmask.value.clone()?;
    let what = what.words(locale);
    let title = say!(locale, "{who}的{what}", "{who}: {what}");
    Some(
        view! {
            <div class="met" tabindex="-1" autofocus role="status">
                <Notice title=title>
                    <p class="in-full">{value}</p>
                    <p class="soft">{locale.say("只在这一页显示，离开就没有了；已经记录。", "Shown on this page only, and recorded.")}</p>
                </Notice>
            </div>
        }
        .into_any(),
    )
}

pub(super) fn form(opened: &Opened<'_>, unmask: &Unmask) -> Option<AnyView> {
    let (locale, one) = (opened.locale(), &opened.one);
    if !one.may.unmask || one.row.people.is_empty() {
        return None;
    }
    let answers = one.row.people.iter().enumerate().flat_map(|(who, person)| of_person(locale, who, person));
    let answers: Vec<_> = answers.collect();
    let reasons = reasons(opened).iter().map(|why| ChoiceOption::new(why.name(), why.words(locale)));
    let reasons: Vec<_> = reasons.collect();
    let error = |name| message_at(&unmask.messages, name);
    let open = unmask.proof || !unmask.messages.is_empty();
    // Whoever opened it aside has said why.
    let said = opened.why.as_ref().map(|why| why.as_str().to_owned());
    let said = said.filter(|_| unmask.reason.is_empty()).unwrap_or_else(|| unmask.reason.clone());
    let proof = unmask.proof.then(|| proof(locale, &unmask.messages));
    Some(
        view! {
            <details class="ask" open=open>
                <summary>{locale.say("看完整的姓名或者号码…", "Read a name or number in full…")}</summary>
                <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                    {opened.aside_field()}
                    {proof}
                    <Choice
                        locale=locale
                        name="what"
                        legend=locale.say("看哪一项", "What to read")
                        answers=answers
                        chosen=unmask.what.clone()
                        error=error("what")
                    />
                    <Choice
                        locale=locale
                        name="why"
                        legend=locale.say("为什么", "Why")
                        answers=reasons
                        chosen=unmask.why.clone()
                        error=error("why")
                    />
                    <TextField
                        locale=locale
                        name="reason"
                        label=locale.say(
                            "补充说明（保护当事人的必填，其他可以不填）",
                            "In your own words (needed to keep somebody safe, else optional)",
                        )
                        value=said
                        error=error("reason")
                    />
                    <p class="actions">
                        <Button text=locale.say("记录原因，显示这一项", "Record why and show it") weight=Weight::Secondary />
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// Both of a couple may have the same name once it is masked.
fn told_apart(locale: Locale, person: &MaskedPerson) -> String {
    let name = &person.name;
    match &person.id_number_tail {
        Some(tail) => say!(locale, "{name}（证件尾号 {tail}）", "{name} (document ending {tail})"),
        None => name.clone(),
    }
}

fn of_person(locale: Locale, who: usize, person: &MaskedPerson) -> Vec<ChoiceOption> {
    let there = |what: &&PersonalDetail| match what {
        PersonalDetail::Number => person.id_number_tail.is_some(),
        PersonalDetail::Name | PersonalDetail::Phone => true,
    };
    let option = |what: &PersonalDetail| {
        let seen = Seen::Unmasked { who: u8::try_from(who).unwrap_or(u8::MAX), what: *what };
        let (name, what) = (told_apart(locale, person), what.words(locale));
        ChoiceOption::new(seen.to_string(), say!(locale, "{name}的{what}", "{name}: {what}"))
    };
    PersonalDetail::ALL.iter().filter(there).map(option).collect()
}

/// Whoever has read much within the hour proves again who they are.
fn proof(locale: Locale, messages: &[FieldMessage]) -> AnyView {
    let title = Problem::from(Refusal::SignInAgain).title(locale);
    view! {
        <Notice title=title>
            <p>
                {locale.say(
                    "一小时里看得比较多了，请再输入一次密码和动态码。",
                    "You have read much within the hour: please enter password and code once more.",
                )}
            </p>
        </Notice>
        {sign_in::proof(locale, messages)}
    }
    .into_any()
}
