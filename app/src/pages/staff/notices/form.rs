//! The form of a notice.

use leptos::prelude::*;
use shared::{
    field::FieldMessage,
    notices::{
        Tone,
        wording::{LONGEST_TEXT, LONGEST_TITLE},
    },
    say,
};

use super::{PAGE, boards::Boards, editing::Editing};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Choice, ChoiceOption},
        error_summary::message_at,
        field::{Labelled, described_by},
        text_area::TextArea,
        text_field::TextField,
    },
    visit::Visit,
};

pub fn draw(visit: &Visit, boards: &Boards, editing: &Editing, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let draft = &editing.draft;
    let error = |field: &str| message_at(messages, field);
    let tones = Tone::ALL.iter().map(|tone| ChoiceOption::new(tone.name(), tone.words(locale))).collect();
    let links = locale.say(
        "换行就另起一段。链接写成“[网上预约](/marriage/book)”，只能通到本站或者 gov.cn 网站",
        "A new line begins a paragraph. A link is “[Book online](/marriage/book)”, to this portal or to gov.cn",
    );
    let version =
        editing.version.map(|version| view! { <input type="hidden" name="version" value=version.to_string() /> });
    let english =
        (!draft.title_en.is_empty() || !draft.text_en.is_empty() || error("title_en").is_some()).then_some("");
    let save = match editing.version {
        Some(_) => locale.say("保存修改", "Save"),
        None => locale.say("发布通知", "Publish"),
    };
    view! {
        <form class="flow column" method="post" action=visit.url(PAGE) novalidate>
            <input type="hidden" name="id" value=editing.id.clone() />
            {version}
            <Choice
                locale=locale
                name="where"
                legend=locale.say("放在哪里", "Where it stands")
                answers=boards.options(locale)
                chosen=draft.board.clone()
                error=error("where")
            />
            <Choice
                locale=locale
                name="tone"
                legend=locale.say("语气", "How it is meant")
                answers=tones
                chosen=draft.tone.clone()
                error=error("tone")
            />
            <TextField
                locale=locale
                name="title"
                label=locale.say("标题", "Title")
                value=draft.title.clone()
                hint=Some(say!(locale, "最多 {LONGEST_TITLE} 个字", "Up to {LONGEST_TITLE} characters"))
                error=error("title")
            />
            <TextArea
                locale=locale
                name="text"
                label=locale.say("正文", "Text")
                value=draft.text.clone()
                hint=Some(say!(locale, "最多 {LONGEST_TEXT} 个字。{links}", "Up to {LONGEST_TEXT} characters. {links}"))
                error=error("text")
                rows=6
            />
            <details class="ask" open=english.is_some()>
                <summary>{locale.say("英文（可以不写，不写就显示中文）", "English (optional: the Chinese is shown otherwise)")}</summary>
                <div class="ask-body flow">
                    <TextField
                        locale=locale
                        name="title_en"
                        label=locale.say("英文标题", "Title in English")
                        value=draft.title_en.clone()
                        error=error("title_en")
                    />
                    <TextArea
                        locale=locale
                        name="text_en"
                        label=locale.say("英文正文", "Text in English")
                        value=draft.text_en.clone()
                        error=error("text_en")
                        rows=6
                    />
                </div>
            </details>
            {moment(visit, "from", locale.say("从什么时候开始", "From"), &draft.from, error("from"))}
            {moment(visit, "until", locale.say("到什么时候为止", "Until"), &draft.until, error("until"))}
            <p class="actions">
                <Button text=locale.say("先看看效果", "Preview") name="do" value="preview" weight=Weight::Secondary />
                <Button text=save name="do" value="save" />
            </p>
        </form>
    }
    .into_any()
}

/// A moment on the clock of Shanghai; a browser that knows no such field takes it as text.
fn moment(visit: &Visit, name: &'static str, label: &str, value: &str, error: Option<String>) -> AnyView {
    let locale = visit.locale;
    let (label, value) = (label.to_owned(), value.to_owned());
    // A browser with a picker shows its own order of the parts; one without takes the text.
    let hint = locale.say(
        "北京时间。没有日期可选的浏览器里，写成 2026-05-20 09:00",
        "Beijing time. Where your browser offers no date to pick, write 2026-05-20 09:00",
    );
    let (described, invalid) = (described_by(name, true, error.is_some()), error.is_some().then_some("true"));
    view! {
        <Labelled locale=locale name=name label=label hint=Some(hint.to_owned()) error=error>
            <input
                class="input input-moment"
                type="datetime-local"
                id=name
                name=name
                value=value
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid
            />
        </Labelled>
    }
    .into_any()
}
