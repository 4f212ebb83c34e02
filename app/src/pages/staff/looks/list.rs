//! The lists of what was done and looked at, by name.

use shared::locale::Locale;

/// What is listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Safety,
    Releases,
    Changed,
    ByPerson,
    Accounts,
    Places,
}

impl List {
    pub(super) const ALL: [Self; 6] =
        [Self::Safety, Self::Releases, Self::Changed, Self::ByPerson, Self::Accounts, Self::Places];

    /// In the address; the first has none.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Safety => None,
            Self::Releases => Some("releases"),
            Self::Changed => Some("changed"),
            Self::ByPerson => Some("people"),
            Self::Accounts => Some("accounts"),
            Self::Places => Some("places"),
        }
    }

    pub(super) fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Safety => locale.say("为保护当事人的查看", "Looks to keep somebody safe"),
            Self::Releases => locale.say("按证件查到的、撤销的预约", "Bookings looked up by document, and released"),
            Self::Changed => locale.say("替人约的、取消、改期的预约", "Bookings made, cancelled or moved for people"),
            Self::ByPerson => locale.say("每个人看了多少", "How much each person looked at"),
            Self::Accounts => locale.say("停用的账号、收回的岗位", "Accounts suspended, and roles taken back"),
            Self::Places => locale.say("加的、改的地点", "Places added or changed"),
        }
    }

    /// Among the others, so short that all of them stand in two lines on a phone.
    pub(super) fn tab(self, locale: Locale) -> &'static str {
        match self {
            Self::Safety => locale.say("保护查看", "Safety"),
            Self::Releases => locale.say("查到、撤销", "Looked up, released"),
            Self::Changed => locale.say("替人办的", "For people"),
            Self::ByPerson => locale.say("看了多少", "How much"),
            Self::Accounts => locale.say("账号、岗位", "Accounts, roles"),
            Self::Places => locale.say("地点", "Places"),
        }
    }

    /// What it is good for, above its lines.
    pub(super) fn about(self, locale: Locale) -> &'static str {
        match self {
            Self::Releases => locale.say(
                "这个大厅的预约，和这里的同事在别处查到、撤销的。通知以前，预约的人不知道；查到的，一直不知道。不清楚的，请当面问。",
                "Of bookings of this office, and of what its staff looked up or released elsewhere. Whoever holds them learns of a \
                 release when they are told, and of a look-up never; ask whoever did it where it is not clear.",
            ),
            Self::Changed => locale.say(
                "这个大厅的预约，和这里的同事替别处办的。代约、取消、改期应该都有人打电话或者到场要求；是谁要求的，没有人核对，预约的手机马上收到短信。一个人比别人多出很多的，请当面问。",
                "Of bookings of this office, and of what its staff made or changed elsewhere. Somebody should have called or come to ask \
                 for it, which nobody checks; the phones of the booking were told at once. Ask whoever has far more than others.",
            ),
            Self::ByPerson => locale.say(
                "一个人一天一行，不写看的是谁。比别人多出很多的、看了许多不在当天的，请当面问本人。",
                "A line for each person and day, and nothing of whom they looked at. Ask whoever looked at far more than others, or at \
                 many of other days.",
            ),
            Self::Accounts => locale.say(
                "在这个大厅任职的人，谁停用了账号、收回了岗位。停用错了的，请账号管理员在“人员与岗位”里恢复登录。",
                "Of whoever works at this office: who suspended an account or took a role back. An account administrator lets in again \
                 whoever was suspended by mistake, under “People and roles”.",
            ),
            Self::Places => locale.say(
                "这个大厅的地点：加地点一个人就能办，开了服务和时间就出现在网页和短信里；改正在用的，要两个人。地址、电话不认得的，请打过去核对，当面问办的人。",
                "The places of this office: one person adds one, which stands in pages and texts once it has times; a change of one in use takes \
                 two. Ring a phone that you do not know, and ask whoever did it in person.",
            ),
            Self::Safety => locale.say(
                "这些查看，预约的人不知道。每一条都有账号和原因；不清楚的，请当面问查看的人。",
                "Whoever holds these bookings never learns of them. Each has its account and its reason; ask whoever looked where \
                 it is not clear.",
            ),
        }
    }
}
