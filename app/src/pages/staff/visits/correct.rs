//! Putting right what came of a visit, once it can no longer be undone: by whoever answers for the office, for a reason. Nobody
//! is told of it but where that is ticked.

use axum::http::StatusCode;
use leptos::prelude::*;
use server::{
    App, Error,
    counter::{
        WouldTell,
        acting::{self, Acting},
        one_visit::OneVisit,
    },
    staff::authority::Staff,
};
use shared::{
    counter::{Act, ActName, Ended, Outcome, Press, StateName, Step, VisitState},
    field::{Asked as Question, FieldErrors, FieldMessage, Reason as Wrong},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{Opened, closed_day, unmask};
use crate::{
    appointments::service::{AtCounter, BookingPages},
    components::{
        button::{Button, Weight},
        checkbox::Checkbox,
        choice::{Choice, ChoiceOption},
        error_summary::message_at,
        notice::{Notice, Tone},
        text_field::TextField,
    },
    pages::staff::day::{
        act::{Pressed, called, new_press, ticked},
        doing, missing,
    },
    pairs::{Pairs, value},
};

/// What the form says when it comes back.
#[derive(Default)]
pub(super) struct Correct {
    outcome: String,
    ground: String,
    papers: Vec<String>,
    reason: String,
    tell: bool,
    pub(super) messages: Vec<FieldMessage>,
    pub(super) problem: Option<Problem>,
}

impl Correct {
    fn of(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        Self {
            outcome: text("outcome"),
            ground: text("ground"),
            papers: ticked(typed, "paper").map(str::to_owned).collect(),
            reason: text("correct-reason"),
            tell: text("tell") == "yes",
            ..Self::default()
        }
    }

    /// Nothing was typed, and what was pressed beside it was refused.
    pub(super) fn refused(problem: Problem) -> Self {
        Self { problem: Some(problem), ..Self::default() }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.problem.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, server::rejection::status)
    }
}

static OUTCOME: Question =
    Question::one_of("correct_outcome_missing", "请选择实际的结果。", "Choose what really came of it.");
static REASON: Question =
    Question::typed("correct_reason_missing", ("请写明为什么更正。", "Say why it is corrected."), ("原因", "reason"));

/// Takes the form; what it says comes back where it was not done.
///
/// # Errors
/// Whatever this page does not say itself.
pub(super) async fn take(
    app: &App,
    staff: &Staff,
    opened: &Opened<'_>,
    typed: &Pairs,
) -> Result<Option<Correct>, Error> {
    let form = Correct::of(typed);
    let mut errors = FieldErrors::new();
    let to = match ended(typed) {
        Ok(to) => Some(to),
        Err(wrong) => {
            errors.extend(wrong);
            None
        }
    };
    let reason = errors.keep("correct-reason", unmask::reason(&form.reason));
    if reason == Some(None) {
        errors.push("correct-reason", Wrong::Missing(&REASON));
    }
    let (Some(to), Some(Some(reason)), true) = (to, reason, errors.is_empty()) else {
        return Ok(Some(Correct { messages: errors.messages(opened.locale()), ..form }));
    };
    let version = value(typed, "version").and_then(|version| version.parse().ok()).ok_or(Problem::Malformed)?;
    let press = value(typed, "press").and_then(|press| Press::parse(press).ok()).ok_or(Problem::Malformed)?;
    let step = Step::Act(Act::Correct { to });
    let acting = Acting { version, press, step, reason: Some(reason) };
    match acting::correct(app, staff, &opened.one.row.id, (acting, form.tell), app.now()).await {
        Ok(_) => Ok(None),
        Err(error) => {
            let problem = error.into_problem();
            if let Problem::Fields(errors) = &problem {
                return Ok(Some(Correct { messages: errors.messages(opened.locale()), ..form }));
            }
            if doing::can_be_told_here(&problem) && problem.status() != 403 {
                return Ok(Some(Correct { problem: Some(problem), ..form }));
            }
            Err(problem.into())
        }
    }
}

fn ended(typed: &Pairs) -> Result<Ended, FieldErrors> {
    match value(typed, "outcome") {
        Some("no_show") => Ok(Ended::NoShow),
        Some("left") => Ok(Ended::Left),
        Some("not_done") => Ok(Ended::Finished(Outcome::as_told())),
        Some("registered" | "refused" | "to_return") => match doing::outcome(typed).map_err(Error::into_problem) {
            Ok(outcome) => Ok(Ended::Finished(outcome)),
            Err(Problem::Fields(errors)) => Err(errors),
            Err(_) => Err(FieldErrors::one("outcome", Wrong::Missing(&OUTCOME))),
        },
        _ => Err(FieldErrors::one("outcome", Wrong::Missing(&OUTCOME))),
    }
}

/// Whether there is an end to be put right, by whoever looks.
fn is_open_to(one: &OneVisit) -> bool {
    let state = one.row.state.kind();
    one.may.manage && matches!(state, StateName::Finished | StateName::NoShow | StateName::Left)
}

/// What each end tells, in the words that would be sent now.
pub(super) async fn tells(
    app: &App,
    staff: &Staff,
    one: &OneVisit,
    pages: Option<&'static BookingPages>,
    locale: Locale,
) -> Result<Vec<(Ended, WouldTell)>, Error> {
    if !is_open_to(one) || one.row.undoable.is_some() || one.correctable_from.is_some() {
        return Ok(Vec::new());
    }
    let ground = pages.and_then(|pages| (pages.at_counter.grounds)(locale).into_iter().next());
    let refused = ground.map(|(ground, _)| Ended::Finished(Outcome::Refused { ground }));
    let can_return = pages.is_some_and(|pages| !(pages.at_counter.papers)(locale).is_empty());
    let to_return = can_return.then(|| Ended::Finished(Outcome::as_told()));
    let mut tells = Vec::new();
    for ended in [Some(Ended::NoShow), refused, to_return].into_iter().flatten() {
        let step = Step::Act(ended.act());
        if let Some(told) = acting::would_tell(app, staff, &one.row.id, &step).await? {
            tells.push((ended, told));
        }
    }
    Ok(tells)
}

/// Nothing for whoever may not, and while the visit goes on.
pub(super) fn draw(opened: &Opened<'_>, correct: &Correct) -> Option<AnyView> {
    let (locale, row) = (opened.locale(), &opened.one.row);
    if !is_open_to(&opened.one) {
        return None;
    }
    if let Some((act, _)) = row.undoable {
        return Some(undo(opened, act));
    }
    if let Some(from) = opened.one.correctable_from {
        return Some(closed_day::not_yet(opened, from));
    }
    let error = |name| message_at(&correct.messages, name);
    let open = !correct.messages.is_empty() || correct.problem.is_some();
    let press = new_press();
    let number = called(row, locale);
    Some(
        view! {
            <details class="ask" open=open>
                <summary>
                    {locale.say("更正结果…", "Correct the outcome…")}
                    <span class="hidden-visually">{format!(" {number}")}</span>
                </summary>
                <form class="ask-body correcting flow" method="post" action=opened.itself() novalidate>
                    {opened.aside_field()}
                    <input type="hidden" name="press" value=press />
                    <input type="hidden" name="version" value=row.version.to_string() />
                    {registered(opened)}
                    <Choice
                        locale=locale
                        name="outcome"
                        legend=locale.say("实际的结果", "What really came of it")
                        answers=outcomes(opened)
                        chosen=correct.outcome.clone()
                        error=error("outcome")
                    />
                    {ground(opened, correct)}
                    {papers(opened, correct)}
                    <TextField
                        locale=locale
                        name="correct-reason"
                        label=locale.say("为什么更正（会保存多年，不要写号码）", "Why (kept for years; no numbers)")
                        value=correct.reason.clone()
                        error=error("correct-reason")
                    />
                    {telling(opened, correct)}
                    <p class="actions">
                        <Button
                            text=locale.say("更正，记下原因", "Correct it and record why")
                            name="do"
                            value="correct"
                            weight=Weight::Secondary
                        />
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// What was done and given out is not undone by a list.
fn registered(opened: &Opened<'_>) -> Option<AnyView> {
    let locale = opened.locale();
    (opened.one.row.state == VisitState::Finished(Outcome::Registered)).then(|| {
        let title = locale.say("已经发证的，不在这里更正", "Not for what a certificate was issued for");
        view! {
            <Notice tone=Tone::Warning title=title>
                <p>
                    {locale.say(
                        "这里只改按错的结果。证已经发了的，登记照样有效，要按撤销婚姻登记的程序办。",
                        "Only a wrong press is put right here. Once a certificate was issued the registration stands, and is revoked by its \
                         own procedure alone.",
                    )}
                </p>
            </Notice>
        }
        .into_any()
    })
}

fn at_counter(opened: &Opened<'_>) -> &'static AtCounter {
    static PLAIN: AtCounter = AtCounter::PLAIN;
    opened.pages.map_or(&PLAIN, |pages| &pages.at_counter)
}

fn outcomes(opened: &Opened<'_>) -> Vec<ChoiceOption> {
    let locale = opened.locale();
    let words = at_counter(opened);
    let is_refused = !(words.grounds)(locale).is_empty();
    let is_to_return = !(words.papers)(locale).is_empty();
    let no_show = StateName::NoShow.words(locale);
    let all = [
        (true, "registered", words.done.say(locale)),
        (is_to_return, "to_return", locale.say("补材料再来", "to return with papers")),
        (is_to_return, "not_done", locale.say("没有办完", "not completed")),
        (is_refused, "refused", locale.say("不予办理", "refused")),
        (!opened.one.row.walk_in && !opened.one.row.excused, "no_show", no_show),
        (true, "left", StateName::Left.words(locale)),
    ];
    let all = all.into_iter().filter(|(is_possible, ..)| *is_possible);
    all.map(|(_, name, words)| ChoiceOption::new(name, words)).collect()
}

fn ground(opened: &Opened<'_>, correct: &Correct) -> Option<AnyView> {
    let locale = opened.locale();
    let grounds = (at_counter(opened).grounds)(locale);
    let answers: Vec<_> =
        grounds.into_iter().map(|(ground, words)| ChoiceOption::new(ground.to_string(), words)).collect();
    (!answers.is_empty()).then(|| {
        view! {
            <div class="for-refused">
                <Choice
                    locale=locale
                    name="ground"
                    legend=locale.say("不予办理的，因为什么", "If refused: on which ground")
                    answers=answers
                    chosen=correct.ground.clone()
                    error=message_at(&correct.messages, "ground")
                />
            </div>
        }
        .into_any()
    })
}

fn papers(opened: &Opened<'_>, correct: &Correct) -> Option<AnyView> {
    let locale = opened.locale();
    let papers = opened.pages.map(|pages| missing::to_tick(pages, locale)).unwrap_or_default();
    if papers.is_empty() {
        return None;
    }
    let error = message_at(&correct.messages, "papers");
    let boxes = papers.into_iter().enumerate().map(|(place, (paper, words))| {
        let paper = paper.to_string();
        let id = if place == 0 { "papers".to_owned() } else { format!("papers.{place}") };
        view! {
            <label class="pick">
                <input type="checkbox" id=id name="paper" checked=correct.papers.contains(&paper) value=paper />
                <span>{words}</span>
            </label>
        }
    });
    Some(
        view! {
            <fieldset class="for-to-return">
                <legend>{locale.say("补材料的，还缺什么", "If to return: what is missing")}</legend>
                {error.map(|error| view! { <p class="error">{error}</p> })}
                {boxes.collect_view()}
            </fieldset>
        }
        .into_any(),
    )
}

/// The texts themselves, so that whoever ticks knows what is sent.
fn telling(opened: &Opened<'_>, correct: &Correct) -> AnyView {
    let locale = opened.locale();
    if opened.tells.is_empty() {
        return view! { <p class="tells">{locale.say("没有留手机，不发短信。", "They left no phone, so no text goes out.")}</p> }
            .into_any();
    }
    if opened.one.told_enough {
        let words = locale.say(
            "更正已经发过两次短信，不再发了：请打电话告诉他们。",
            "Two corrections were sent as texts already, and no third goes out: call them.",
        );
        return view! { <p class="tells">{words}</p> }.into_any();
    }
    let texts = opened.tells.iter().map(|(ended, told)| {
        let what = match ended {
            Ended::Finished(Outcome::ToReturn { .. }) => locale.say("没有办完", "not completed"),
            Ended::Finished(_) => locale.say("不予办理", "refused"),
            Ended::NoShow | Ended::Left => StateName::NoShow.words(locale),
        };
        let to = told.to.join(locale.say("、", ", "));
        view! { <li>{say!(locale, "{what}，发给 {to}：“{}”", "{what}, to {to}: “{}”", told.text)}</li> }
    });
    view! {
        <Checkbox
            locale=locale
            name="tell"
            label=locale.say("同时发短信告诉他们（不勾就不发）", "Send them the text as well (unticked, none goes out)")
            ticked=correct.tell
        />
        <p class="tells">
            {locale.say(
                "一分钟后发，一分钟之内撤销就不发。补材料的，短信列出上面勾选的；勾了“短信里不写”的，就只说还差材料。已登记的、已经离开的没有短信。\
                 以前发过的收不回来。",
                "It goes out in a minute, unless undone. To those who are to return it lists what is ticked above, or says only that \
                 papers are missing where one is ticked that is not named in the text; registered, and left, have no text. What was \
                 sent before stays sent.",
            )}
        </p>
        <ul class="tells">{texts.collect_view()}</ul>
    }
    .into_any()
}

/// What can still be undone needs no correction; a correction is undone in the same way.
fn undo(opened: &Opened<'_>, act: ActName) -> AnyView {
    let (locale, row) = (opened.locale(), &opened.one.row);
    let press = new_press();
    let pressed = Pressed::Visit { act: ActName::Undo, version: row.version, visit: row.id.clone() };
    let action = opened.visit.url(&opened.day().path());
    let act = act.words(locale);
    view! {
        <form method="post" action=action>
            <input type="hidden" name="press" value=press />
            <p>{say!(locale, "“{act}”还不到一分钟，可以直接撤销。", "“{act}” is not a minute old and can be undone.")}</p>
            <p class="actions">
                <button class="act" name="do" value=pressed.value()>
                    {say!(locale, "撤销“{act}”", "Undo “{act}”")}
                </button>
            </p>
        </form>
    }
    .into_any()
}
