//! Texts to the applicant's phone. None of them says what was decided, asked or written: whoever else sees the phone reads no more
//! than that there is something to read.

use shared::identity::Phone;
use shared::procedures::{CaseId, Procedure, Typed};
use shared::say;
use sqlx::AnyConnection;

use super::contents;
use super::store::{Stored, stream};
use crate::app::App;
use crate::database::DatabaseError;
use crate::outbox::{self, Message};

/// What a family is told by text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// That its case was handed in, and what comes later.
    All,
    /// What comes later: by then too many went to its phone, or from where it was handed in.
    Later,
    /// Its case names no phone, or one to which none go.
    None,
}

impl Texts {
    pub(super) fn of(is_reached: bool, was_told: bool) -> Self {
        match (is_reached, was_told) {
            (true, true) => Self::All,
            (true, false) => Self::Later,
            (false, _) => Self::None,
        }
    }
}

/// What a text tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Submitted,
    Asked,
    Decided,
    Reopened,
    /// To a relative who goes on with it.
    Passed,
    /// To the phone that was the case's until now, whoever changed that.
    OtherPhone,
    /// The office has put another account in its place.
    OtherAccount,
    /// The office has written something, which is read on the page of the case alone.
    Wrote,
}

impl News {
    /// The kind of the message.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Submitted => "case_submitted",
            Self::Asked => "case_asked",
            Self::Decided => "case_decided",
            Self::Reopened => "case_reopened",
            Self::Passed => "case_passed",
            Self::OtherPhone => "case_other_phone",
            Self::OtherAccount => "case_other_account",
            Self::Wrote => "case_message",
        }
    }
}

/// The applicant's phone, where texts go to it: some forms ask for none, and not every country is sent any.
pub(super) fn phone(app: &App, procedure: &Procedure, typed: &Typed) -> Option<Phone> {
    contents::phone(procedure, typed).filter(|phone| app.settings().code_countries.serve(phone))
}

/// The sealed texts, one, or none where none go to the phone.
pub(super) fn compose(app: &App, news: News, stored: &Stored, procedure: &Procedure, typed: &Typed) -> Vec<Vec<u8>> {
    let Some(phone) = phone(app, procedure, typed) else { return Vec::new() };
    let (locale, reference, name) = (stored.locale, stored.reference, procedure.name());
    let name = name.say(locale);
    let at = format!("{}{}/cases", app.settings().origin(), locale.prefix());
    let text = match news {
        News::Submitted => say!(
            locale,
            "【惠民】您的“{name}”申请已提交，编号 {reference}。凭编号和这个手机号查看办理情况：{at}",
            "[Huimin] Your application ({name}) was handed in, number {reference}. See how it stands with the number and this \
             phone: {at}"
        ),
        News::Asked => say!(
            locale,
            "【惠民】您的“{name}”申请（{reference}）还需要补几样，一次都列出来了。早一点补，早一点有结果。要补什么，请看：{at}",
            "[Huimin] Your application ({name}, {reference}) needs something more; all of it is listed. The sooner it comes, the \
             sooner there is an answer. See what it is: {at}"
        ),
        News::Passed => say!(
            locale,
            "【惠民】“{name}”的申请（{reference}）转由您接着办，之前填的内容都在。凭编号和这个手机号查看：{at}。不知道这件事的，请联系民政部门。",
            "[Huimin] The application ({name}, {reference}) is passed on to you, with all that was entered before. See it with the \
             number and this phone: {at}. If you know nothing of it, please tell the bureau."
        ),
        News::OtherPhone => say!(
            locale,
            "【惠民】“{name}”的申请（{reference}）里的手机号改成了别的，这个手机号不能再查看它。不是您同意的，请马上联系民政部门。",
            "[Huimin] The application ({name}, {reference}) names another phone now, and this one opens it no more. If you did not \
             agree to that, please tell the bureau at once."
        ),
        News::OtherAccount => say!(
            locale,
            "【惠民】“{name}”的申请（{reference}）里收款的账号改成了别的。不是您同意的，请马上联系民政部门。查看：{at}",
            "[Huimin] The application ({name}, {reference}) names another account to be paid to now. If you did not agree to that, \
             please tell the bureau at once. See it: {at}"
        ),
        News::Wrote => say!(
            locale,
            "【惠民】“{name}”的申请（{reference}）里有一条给您的留言。凭编号和这个手机号查看：{at}",
            "[Huimin] A message about your application ({name}, {reference}) waits for you. Read it with the number and this phone: {at}"
        ),
        News::Decided => say!(
            locale,
            "【惠民】您的“{name}”申请（{reference}）已经有了决定。请看：{at}",
            "[Huimin] Your application ({name}, {reference}) has been decided. See the decision: {at}"
        ),
        News::Reopened => say!(
            locale,
            "【惠民】您的“{name}”申请（{reference}）重新打开了，会再审核一次。为什么，请看：{at}",
            "[Huimin] Your application ({name}, {reference}) is open again and will be looked at once more. See why: {at}"
        ),
    };
    vec![Message::new(&phone, text).seal(app.keys())]
}

/// Whether a text of a case was written, whatever became of it.
pub(super) async fn was_told(connection: &mut AnyConnection, id: &CaseId, news: News) -> Result<bool, DatabaseError> {
    outbox::was_written(connection, &stream(id), news.kind()).await
}
