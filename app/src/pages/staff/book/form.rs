//! Who comes at the chosen time, on one page; what was typed stays whatever happens.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    appointments::{point, slots},
    counter::for_people::{self, For},
    staff::authority::Staff,
};
use shared::{
    appointments::{Refusal as NotBooked, SlotId},
    calendar::shanghai_date,
    counter::Press,
    field::{Asked as Question, FieldErrors, FieldMessage, Reason},
    identity::Phone,
    locale::Locale,
    problem::Problem,
    say,
};

use super::{Asked, Choice, to_done};
use crate::{
    appointments::{draft::Answers, places::call},
    components::{
        back_link::BackLink,
        button::Button,
        choice::{Choice as Options, ChoiceOption},
        error_summary::{ErrorSummary, message_at},
        summary::{Row, Summary},
    },
    draw,
    pages::staff::{
        day::act::new_press,
        refused::{refused, says},
    },
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

/// Whether their documents lay on the desk.
const SEEN: &str = "seen";
const LANGUAGE: &str = "language";

/// What stands on the page.
struct Page {
    slot: SlotId,
    press: String,
    typed: Answers,
    messages: Vec<FieldMessage>,
    problem: Option<Problem>,
}

pub(super) async fn show(app: &App, visit: &Visit, choice: &Choice, slot: SlotId) -> Result<Response, Error> {
    let press = new_press();
    let page = Page { slot, press, typed: Answers::default(), messages: Vec::new(), problem: None };
    draw(app, visit, choice, page).await
}

pub(super) async fn submit(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    choice: &Choice,
    typed: &Pairs,
) -> Result<Response, Rejection> {
    let slot = value(typed, "slot").and_then(|slot| slot.parse().ok()).map(SlotId).ok_or(Problem::Malformed)?;
    let press = Press::parse(value(typed, "press").unwrap_or_default()).map_err(|_| Problem::Malformed)?;
    let mut answers = Answers::default();
    for (field, text) in typed {
        answers.set(field.as_str(), text);
    }
    let page =
        |messages, problem| Page { slot, press: press.as_str().to_owned(), typed: answers.clone(), messages, problem };
    let people = match read(app, choice, &answers) {
        Ok(people) => people,
        Err(errors) => return Ok(draw(app, visit, choice, page(errors.messages(visit.locale), None)).await?),
    };
    let booked = for_people::book(app, staff, choice.pages.bookable, (slot, &press), people, app.now()).await;
    match booked.map_err(Error::into_problem) {
        Ok(id) => Ok(to_done(visit, Asked { done: Some(id), ..Asked::default() })),
        Err(Problem::Fields(errors)) => Ok(draw(app, visit, choice, page(errors.messages(visit.locale), None)).await?),
        Err(problem @ (Problem::Refused(_) | Problem::Busy)) if problem.status() != 401 => {
            Ok(draw(app, visit, choice, page(Vec::new(), Some(problem))).await?)
        }
        // Sent from a page that was sent before: what was typed now can be sent by a press of its own.
        Err(problem @ Problem::IdempotencyMismatch) => {
            let anew = Page { press: new_press(), ..page(Vec::new(), Some(problem)) };
            Ok(draw(app, visit, choice, anew).await?)
        }
        Err(problem) => Err(problem.into()),
    }
}

fn read(app: &App, choice: &Choice, typed: &Answers) -> Result<For, FieldErrors> {
    const DOCUMENTS: &Question = &Question::typed(
        "documents_missing",
        ("请选择有没有看到证件。", "Say whether you saw their documents."),
        ("证件", "documents"),
    );
    let mut errors = FieldErrors::new();
    let people = (choice.pages.form.at_office.read)(choice.pages, typed, shanghai_date(app.now()));
    let people = errors.keep_all(people.map_err(without_code));
    let seen = match typed.get(SEEN) {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Reason::Missing(DOCUMENTS)),
    };
    let seen = errors.keep(SEEN, seen);
    let locale = if typed.get(LANGUAGE) == "en" { Locale::En } else { Locale::Zh };
    match (people, seen) {
        (Some(people), Some(seen)) if errors.is_empty() => Ok(For { people, locale, seen }),
        _ => Err(errors),
    }
}

/// No code is sent from here.
fn without_code(errors: FieldErrors) -> FieldErrors {
    let mut told = FieldErrors::new();
    for error in &errors {
        let reason = if error.reason == Reason::Missing(Phone::ASKED) {
            Reason::own(
                "phone_missing",
                "请填写手机号码，预约的短信发到这里。",
                "Enter a mobile number: the text about the booking goes there.",
            )
        } else {
            error.reason.clone()
        };
        told.push(error.field.clone(), reason);
    }
    told
}

/// The list of what is wrong, each with whose it is.
fn with_names(choice: &Choice, locale: Locale, messages: &[FieldMessage]) -> Vec<FieldMessage> {
    let named = |told: &FieldMessage| {
        let message = match (choice.pages.form.at_office.whose)(locale, &told.field) {
            Some(whose) => format!("{whose}{}{}", locale.say("：", ": "), told.message),
            None => told.message.clone(),
        };
        FieldMessage { message, ..told.clone() }
    };
    messages.iter().map(named).collect()
}

async fn draw(app: &App, visit: &Visit, choice: &Choice, page: Page) -> Result<Response, Error> {
    let locale = visit.locale;
    let Page { slot, press, typed, messages, problem } = page;
    let chosen = slots::one(app, slot, &choice.pages.bookable.service).await?;
    let status = match &problem {
        Some(problem) => server::rejection::status(problem),
        None if messages.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let is_booked = problem.as_ref().is_some_and(|problem| problem.refusal() == Some(NotBooked::AlreadyBooked));
    let refusal = problem.map(|problem| match problem {
        _ if is_booked => booked_already(visit),
        problem => refused(locale, &problem, None),
    });
    let elsewhere = elsewhere(app, visit, choice).await?;
    let title = locale.say("代为预约：填写资料", "Book for somebody: their details");
    let date = shared::calendar::shanghai_date(chosen.slot.starts_at.to_utc());
    let at = Some((choice.pages.bookable.service.clone(), choice.point.place.id.clone()));
    let here = Asked { at, date: Some(date), ..Asked::default() };
    let rows = vec![
        Row::new(locale.say("办什么", "What"), choice.pages.words.name.say(locale)),
        Row::new(locale.say("时间", "Time"), words::moment(locale, chosen.slot.starts_at.to_utc()))
            .change(visit.url(&here.path())),
        Row::new(choice.pages.place_label(locale), choice.point.place.name.say(locale)),
    ];
    let action = visit.url(&Asked { slot: Some(slot), ..here.clone() }.path());
    let fields = (choice.pages.form.at_office.fields)(visit, choice.pages, &typed, &messages);
    let rest = rest(locale, &typed, &messages);
    let summed = with_names(choice, locale, &messages);
    Ok(draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow book-for">
                <BackLink href=visit.url(&here.path()) text=locale.say("选时间", "Choose a time") />
                <ErrorSummary locale=locale messages=summed />
                <h1>{title}</h1>
                {refusal}
                {elsewhere}
                <Summary locale=locale rows=rows />
                <form class="flow" method="post" action=action novalidate>
                    <input type="hidden" name="slot" value=slot.to_string() />
                    <input type="hidden" name="press" value=press />
                    {fields}
                    {rest}
                    <p class="tells">
                        {locale.say(
                            "按下以后马上发确认短信到填写的手机，不用验证码。请先把填写的姓名、证件号码和手机念给对方核对，再告诉他们：“这些信息只用来办这个预约，加密保存，\
                             隐私说明在本站首页下面。”",
                            "The confirmation goes to these phones at once, without a code. First read the names, document numbers and \
                             phones back to them; then tell them: these details serve this booking alone and are kept encrypted; the privacy notice is at the \
                             foot of this site.",
                        )}
                    </p>
                    <p class="actions">
                        <Button
                            text=locale.say("预约，并发短信", "Book and send the text")
                            name="do"
                            value="book"
                        />
                    </p>
                </form>
            </div>
        }
    })))
}

/// Residents read elsewhere how to get rid of a booking that is not theirs; here it is the clerk who can do it.
fn booked_already(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let title = locale.say("没有预约：他们里有人已经约了", "Not booked: one of them has a booking already");
    let what = locale.say(
        "每人同时只能有一个。是他们自己约的，请他们凭短信里的链接改期或取消；约在这个大厅的，可以在“今天”里找到，替他们改期或取消。原来的预约就在今天的，明天起可以再约。",
        "Each person can have one at a time. If they made it, they move or cancel it by the link in their text; one of this office \
         you find under “Today”, and move or cancel for them. If it is for today, they can book again from tomorrow.",
    );
    view! {
        {says((title.to_owned(), vec![what.to_owned()]))}
        <p>
            {locale.say("不是本人约的：", "If they did not book it: ")}
            <a href=visit.url("/staff/release")>{locale.say("看着证件撤销那个预约", "end that booking by their document")}</a>
        </p>
    }
    .into_any()
}

/// Whom this place does not serve, and which ones do, before anything is typed; nothing where it serves everybody.
async fn elsewhere(app: &App, visit: &Visit, choice: &Choice) -> Result<Option<AnyView>, Error> {
    let Some(narrowing) = &choice.pages.places.narrowing else { return Ok(None) };
    let serving = (narrowing.places)(app).await?;
    if serving.contains(&choice.point.place.id) {
        return Ok(None);
    }
    let locale = visit.locale;
    let points = point::shown(app, &choice.pages.bookable.service, app.now()).await?;
    let others = points.iter().map(|point| &point.place).filter(|place| serving.contains(&place.id));
    let others = others.map(|place| view! { <li>{place.name.say(locale).to_owned()} " " {call(locale, place)}</li> });
    let others = others.collect_view();
    Ok(Some(
        view! {
            <details class="ask">
                <summary>{locale.say("不是谁都能在这里办，别的人去哪里…", "Not everybody is served here: where others go…")}</summary>
                <div class="ask-body">
                    <p>
                        {locale.say(
                            "下面这些确定能办。自己大厅能不能办，您和同事最清楚；办不了的，不要约在这里。",
                            "These are known to serve them. Whether your own office does, you and your colleagues know best: where it does \
                             not, do not book them here.",
                        )}
                    </p>
                    <ul>{others}</ul>
                </div>
            </details>
        }
        .into_any(),
    ))
}

fn rest(locale: Locale, typed: &Answers, messages: &[FieldMessage]) -> AnyView {
    let seen = vec![
        ChoiceOption::new("yes", locale.say("人在这里，看过证件原件", "They are here, and I saw the originals")),
        ChoiceOption::new("no", locale.say("打电话来的，没有看到证件", "They called, and I saw none"))
            .hint(locale.say("到场时先核对身份。", "The desk checks who they are on the day.")),
    ];
    let languages = vec![ChoiceOption::new("zh", "中文"), ChoiceOption::new("en", "English")];
    let language = if typed.get(LANGUAGE) == "en" { "en" } else { "zh" };
    view! {
        <Options
            locale=locale
            name=SEEN
            legend=locale.say("看到证件了吗？", "Did you see their documents?")
            answers=seen
            chosen=typed.get(SEEN)
            error=message_at(messages, SEEN)
        />
        <Options
            locale=locale
            name=LANGUAGE
            legend=locale.say("短信用什么语言？", "In which language are they told?")
            answers=languages
            chosen=language
        />
        <p class="soft">
            {say!(
                locale,
                "只填对方自己说的、证件上有的；不要替别人查有没有预约。",
                "Enter what they say and what their documents show; this is not for finding out who has booked."
            )}
        </p>
    }
    .into_any()
}
