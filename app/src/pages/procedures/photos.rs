//! Papers as photographs or PDFs: what is there of each, in which order, and the form that adds to it. None of it needs a script;
//! with one, files come in parts.

pub(super) mod parts;
pub(super) mod sent;

use leptos::prelude::*;
use server::procedures::files::{Handed, Stands};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    procedures::{
        FileId, FileKind, Procedure,
        definition::Paper,
        file::{ACCEPT, limits},
    },
    say,
};

use self::{parts::PART, sent::MEGABYTES_AT_ONCE};
use super::fields;
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::message_at,
        field::{Labelled, described_by},
        notice::{Notice, Tone},
        tag::Tag,
    },
    pairs::{self, Pairs, value},
    visit::Visit,
};

/// The name in an address of the paper that is meant.
pub(super) const PAPER: &str = "paper";
/// The name in an address of the file that is meant.
pub(super) const FILE: &str = "file";
/// In the address of a page to which one comes once files have arrived.
pub(super) const ADDED: &str = "added";

/// The messages of a page as they stand together above it: each with what its paper is called.
pub(super) fn named(locale: Locale, procedure: &Procedure, messages: &[FieldMessage]) -> Vec<FieldMessage> {
    let paper = |id: &str| procedure.papers.iter().find(|paper| paper.id == id);
    fields::named(locale, messages, |id| paper(id).map(|paper| paper.name.say(locale).to_owned()))
}

/// The papers of a page.
pub(super) struct Photos<'a> {
    pub visit: &'a Visit,
    /// Of the page itself, which takes changes; files go to `photos` below it.
    pub address: String,
    /// Of the page that opens one of them; none where that takes more than being here.
    pub opens: Option<String>,
    /// Those that can still be taken away.
    pub files: &'a [Handed],
    /// At the ids of papers.
    pub messages: &'a [FieldMessage],
}

impl Photos<'_> {
    /// What is taken, before anybody chooses a file.
    pub fn limits(&self) -> AnyView {
        let locale = self.visit.locale;
        let at_once = say!(
            locale,
            "一次可以选几个，合起来不超过 {MEGABYTES_AT_ONCE} MB。",
            "You can choose several at once, up to {MEGABYTES_AT_ONCE} MB together."
        );
        view! { <p class="soft">{limits().say(locale).to_owned()} " " {at_once}</p> }.into_any()
    }

    /// That what was sent a moment ago has arrived.
    pub fn thanks(&self) -> Option<AnyView> {
        let title = self.visit.say("收到了", "It has arrived");
        (self.visit.query.as_deref() == Some(ADDED))
            .then(|| view! { <Notice tone=Tone::Success title=title live=true /> }.into_any())
    }

    /// One paper.
    pub fn section(&self, paper: &Paper) -> AnyView {
        let locale = self.visit.locale;
        let files: Vec<_> = self.files.iter().filter(|file| file.paper == paper.id).collect();
        let rows = files.iter().zip(1..).map(|(file, number)| self.row(file, number)).collect_view();
        let list = (!files.is_empty()).then(|| view! { <ol class="claim-looks" role="list">{rows}</ol> });
        let hint = paper.hint.as_ref().map(|hint| view! { <p class="soft">{hint.say(locale).to_owned()}</p> });
        view! {
            <section class="flow">
                <h2>{paper.name.say(locale).to_owned()}</h2>
                {hint}
                <div class="flow" id=format!("sent-{}", paper.id) data-sent>
                    <p>{count(locale, files.len())}</p>
                    {list}
                </div>
                {self.adding(paper, !files.is_empty())}
            </section>
        }
        .into_any()
    }

    /// One file with its place, and what can be done with it.
    fn row(&self, file: &Handed, number: usize) -> AnyView {
        let (locale, name) = (self.visit.locale, &file.name);
        let open = self.opens.as_ref().and_then(|page| {
            let Stands::Open { kind, .. } = file.stands else { return None };
            let href = pairs::address(page, [(FILE, file.id.to_string().as_str())]);
            Some(view! { <p><a href=href>{called(locale, kind, name)}</a></p> })
        });
        let called = format!("{number}. {name}");
        let up = (number > 1).then(|| {
            let text = say!(locale, "把“{name}”往前移", "Move “{name}” up");
            view! { <Button text=text name="do" value="up" weight=Weight::Quiet /> }
        });
        let remove = say!(locale, "去掉“{name}”", "Remove “{name}”");
        let tag = state(locale, &file.stands).map(|(text, tone)| view! { " " <Tag text=text tone=tone /> });
        view! {
            <li class="claim-look">
                <p>{called} {tag}</p>
                {open}
                <form method="post" action=self.address.clone()>
                    <input type="hidden" name="file" value=file.id.to_string() />
                    <p class="actions">
                        {up}
                        <Button text=remove name="do" value="remove" weight=Weight::Quiet />
                    </p>
                </form>
            </li>
        }
        .into_any()
    }

    fn adding(&self, paper: &Paper, is_more: bool) -> AnyView {
        let (locale, name) = (self.visit.locale, paper.name.say(self.visit.locale));
        let error = message_at(self.messages, &paper.id);
        let (described, invalid) = (described_by(&paper.id, false, error.is_some()), error.is_some().then_some("true"));
        let (label, send) = if is_more {
            (
                say!(locale, "再选“{name}”的照片或 PDF", "Choose more photos or PDFs of “{name}”"),
                say!(locale, "再交“{name}”", "Add these to “{name}”"),
            )
        } else {
            (
                say!(locale, "选“{name}”的照片或 PDF", "Choose photos or PDFs of “{name}”"),
                say!(locale, "交“{name}”", "Send “{name}”"),
            )
        };
        let id = paper.id.clone();
        let [action, in_parts] = ["photos", "parts"].map(|page| format!("{}/{page}?{PAPER}={id}", self.address));
        view! {
            <form
                class="flow"
                method="post"
                action=action
                enctype="multipart/form-data"
                data-parts=in_parts
                data-part=PART.to_string()
                data-then=format!("{}?{ADDED}", self.address)
            >
                <Labelled locale=locale name=id.clone() label=label error=error>
                    <input
                        class="input"
                        type="file"
                        id=id
                        name="file"
                        accept=ACCEPT
                        multiple=true
                        aria-describedby=described
                        aria-invalid=invalid
                    />
                </Labelled>
                {coming(locale)}
                <p class="actions">
                    <Button text=send weight=Weight::Secondary />
                </p>
            </form>
        }
        .into_any()
    }
}

/// What opening a file does.
pub(super) fn called(locale: Locale, kind: FileKind, name: &str) -> String {
    match kind {
        FileKind::Photo => say!(locale, "看照片“{name}”", "See the photo “{name}”"),
        FileKind::Pdf => say!(locale, "下载“{name}”", "Download “{name}”"),
    }
}

/// The file that an address means.
///
/// # Errors
/// [`Problem::NotFound`].
pub(super) fn asked_file(asked: &Pairs) -> Result<FileId, Problem> {
    value(asked, FILE).and_then(|id| FileId::parse(id).ok()).ok_or(Problem::NotFound)
}

/// Where `public/assets/parts.js` says how far a file is, and why one is not taken; nothing is to be seen of it without one.
fn coming(locale: Locale) -> AnyView {
    let sends = locale.say(
        "正在传“{name}”：{done}%。传完以前，请不要关这一页。",
        "Sending “{name}”: {done} %. Please leave this page open until it is there.",
    );
    let waits = locale.say(
        "连接断了，“{name}”已经传的都在。连上以后会自动接着传，不用重来。",
        "The connection broke. What has come of “{name}” is kept, and it goes on once you are connected; you need not begin again.",
    );
    let refused = locale.say("“{name}”：{why}", "“{name}”: {why}");
    let looks = locale.say("“{name}”传完了，正在看打不打得开。", "“{name}” has come and is being looked at.");
    view! {
        <p class="error" role="alert" hidden data-refused=refused></p>
        <div class="flow" hidden data-coming>
            <p role="status" data-said data-sends=sends data-waits=waits data-looks=looks></p>
            <progress class="coming" max="100" value="0" aria-label=locale.say("传了多少", "How far it is")></progress>
        </div>
    }
    .into_any()
}

/// How many files there are of a paper.
fn count(locale: Locale, count: usize) -> String {
    match count {
        0 => locale
            .say("还没有交照片。不交也可以，把它带到窗口。", "No photo yet. You can bring it to the counter instead.")
            .to_owned(),
        1 => locale.say("交了 1 个。", "One is here.").to_owned(),
        _ => say!(locale, "交了 {count} 个，按下面的顺序看。", "{count} are here, read in this order."),
    }
}

/// What is to be said of a file that cannot be opened.
pub(super) fn state(locale: Locale, stands: &Stands) -> Option<(&'static str, Tone)> {
    match stands {
        Stands::Open { .. } => None,
        Stands::Waiting { .. } => {
            Some((locale.say("正在做安全检查", "being checked for malicious software"), Tone::Info))
        }
        Stands::Refused => Some((
            locale.say(
                "发现病毒，已经删除，请重新交",
                "malicious software was found and it was deleted: please send it anew",
            ),
            Tone::Warning,
        )),
    }
}

/// The names of the files of a paper, in their order; nothing where there are none.
pub(super) fn names(locale: Locale, files: &[Handed], paper: &str) -> Option<String> {
    let name = |file: &Handed| match state(locale, &file.stands) {
        None => file.name.clone(),
        Some((state, _)) => say!(locale, "{}（{state}）", "{} ({state})", file.name),
    };
    let names: Vec<_> = files.iter().filter(|file| file.paper == paper).map(name).collect();
    let count = names.len();
    let list = names.join(locale.say("、", ", "));
    (count > 0).then(|| say!(locale, "交了 {count} 个：{list}", "{count} sent: {list}"))
}
