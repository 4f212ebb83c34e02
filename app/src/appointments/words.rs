//! What the engine's pages say differently for each service.

use crate::words::Text;

/// What the service calls things.
pub struct Words {
    /// The service: `参观`, `A visit`.
    pub name: Text,
    /// One booking of it, as a title.
    pub booking: Text,
    /// What one does here, on the way to it and in the titles of its first step: `预约参观`, `Book a visit`.
    pub book: Text,
    /// What a place of it is, within a sentence: `展馆`, `hall`.
    pub place: Text,
    /// What the names of its places end in, left out where there is little room: `婚姻登记处`, ` Marriage Registry`.
    pub place_tail: Text,
    /// Whom a time is held for: `您`, `you`.
    pub you: Text,
    /// Who want a date in demand: `想来的人很多`, `Many people`.
    pub many: Text,
    /// Whose phone is confirmed before a time is held.
    pub any_phone: Text,
    /// Above the answers, before they are confirmed.
    pub compare: Text,
    pub declaration: Text,
    /// What the law has for whoever says or brings what is false, beside the declaration.
    pub falsehood: Option<Text>,
    /// A box of its own, where the service rests on consent (个人信息保护法 art 14).
    pub consent: Option<Text>,
    /// What the answers are used for.
    pub purpose: Text,
    /// What can be done with a booking that is found again.
    pub manage: Text,
    /// Which phone finds a booking.
    pub phone_given: Text,
    /// Who may see a booking: `本人`, `the person it is for`.
    pub holder: Text,
    /// Somebody has a booking of this service already.
    pub already: Text,
    /// A slip that looks like an earlier booking.
    pub mistyped: Text,
    /// Title above those a booking is for, and what of them cannot change while it stands.
    pub people: Text,
    pub people_fixed: Text,
    /// Once the time of a booking has passed.
    pub past: Text,
    /// What happens after booking, step by step; the first reads after "到了那天，" or "今天，".
    pub next: &'static [Text],
    /// What it means that the desk checks who comes, since nobody could know it when they booked.
    pub at_desk: Text,
    /// Where identities are compared with what was booked.
    pub originals: Text,
    /// How to come, on the sheet of paper.
    pub come: Text,
    /// The same in a calendar entry.
    pub come_note: Text,
    /// What moving a booking does, but for what becomes of its old time.
    pub moving: Text,
}

impl Words {
    /// What fits a service that one person books; its names are its own to say.
    pub const ALONE: Self = Self {
        name: Text("", ""),
        booking: Text("", ""),
        book: Text("", ""),
        place: Text("地点", "place"),
        place_tail: Text("", ""),
        you: Text("您", "you"),
        many: Text("想来的人很多", "Many people"),
        any_phone: Text("要能收短信。", "It must be able to receive text messages."),
        compare: Text(
            "请再看一遍。预约以后，填写的内容网上不能改；要改的，打电话，或者取消了重新约。",
            "Please check your answers. After booking they cannot be changed online: phone, or cancel and book again.",
        ),
        declaration: Text(
            "以上内容真实准确，到时候会按时到场。",
            "The information above is true and correct, and I will come on time.",
        ),
        falsehood: None,
        consent: None,
        purpose: Text(
            "这些信息只用来办理这次预约，加密保存。",
            "We use this information only for this appointment and keep it encrypted. ",
        ),
        manage: Text(
            "查看、改期或取消预约。短信里的链接可以直接打开预约；没有链接，就用预约号和预约时留的手机号。",
            "View, move or cancel it here. The link in your text message opens it directly. Without the link, use \
             your reference number and the mobile number you gave.",
        ),
        phone_given: Text("预约时留的号码", "The number you gave when booking"),
        holder: Text("本人", "the person who made it"),
        already: Text("这个手机号已经有一个预约", "There is already a booking with this phone number"),
        mistyped: Text("可能填错了手机号：", "If you may have mistyped the phone number, "),
        people: Text("这次预约", "Your booking"),
        people_fixed: Text(
            "预约以后网上不能改，有变化的请打电话。",
            "It cannot be changed online after booking. If anything changes, please phone.",
        ),
        past: Text(
            "希望一切顺利。需要时可以重新预约。",
            "We hope it all went well. You can book again if you need to.",
        ),
        next: &[
            Text("请按时到。", "please come on time."),
            Text("在前台报预约号，或者出示二维码。", "Give your reference number at the desk, or show the QR code."),
        ],
        at_desk: Text(
            "请带好证件原件，前台会先核对身份。",
            "Please bring your original document: the desk checks your identity first.",
        ),
        originals: Text("本人带上证件原件", "come in person with your original document"),
        come: Text("请按时到场。", "Please come on time."),
        come_note: Text("请按时到场。", "Please come on time."),
        moving: Text(
            "预约号和填写的内容不变。我们会发短信告诉您。",
            "Your reference number and answers stay the same. We will send you a text message.",
        ),
    };
}
