//! Texts to the applicant's phone. None of them says what was decided or asked: whoever else sees the phone reads no more than
//! that there is something to read.

use shared::procedures::{Procedure, Typed};
use shared::say;

use super::contents;
use super::store::Stored;
use crate::app::App;
use crate::outbox::Message;

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
        }
    }
}

/// The sealed texts, one or none: some forms ask for no phone.
pub(super) fn compose(app: &App, news: News, stored: &Stored, procedure: &Procedure, typed: &Typed) -> Vec<Vec<u8>> {
    let Some(phone) = contents::phone(procedure, typed) else { return Vec::new() };
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
