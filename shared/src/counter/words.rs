//! States and acts as staff read them.

use super::act::ActName;
use super::state::StateName;
use crate::locale::Locale;

impl StateName {
    /// As it stands in a list, and after "now" in a sentence.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Booked => locale.say("已预约，还没有到", "booked and not here yet"),
            Self::Arrived => locale.say("在大厅等候", "waiting in the hall"),
            Self::Called => locale.say("已叫号", "called to a counter"),
            Self::Serving => locale.say("正在办理", "being served"),
            Self::Parked => locale.say("已暂放", "set aside"),
            Self::Finished => locale.say("已办结", "finished"),
            Self::NoShow => locale.say("未到", "a no-show"),
            Self::Left => locale.say("已离开", "gone before it was done"),
            Self::Redirected => locale.say("已转到别处办理", "sent on to another place or service"),
        }
    }
}

impl ActName {
    /// As a button says it.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Arrive => locale.say("签到", "check in"),
            Self::Call => locale.say("叫号", "call"),
            Self::Serve => locale.say("开始办理", "start serving"),
            Self::Finish => locale.say("办结", "finish"),
            Self::NoShow => locale.say("标记未到", "mark as no-show"),
            Self::Park => locale.say("暂放", "put aside"),
            Self::Back => locale.say("叫回", "bring back"),
            Self::Left => locale.say("标记离开", "mark as left"),
            Self::GiveBack => locale.say("还回现场号", "give the ticket back"),
            Self::GivePriority => locale.say("标记优先", "give priority"),
            Self::EndPriority => locale.say("取消优先", "end priority"),
            Self::HandOver => locale.say("移交窗口", "hand over"),
            Self::Redirect => locale.say("转到别处", "send on"),
            Self::Release => locale.say("随预约撤销", "end with the booking"),
            Self::Correct => locale.say("更正结果", "correct the outcome"),
            Self::Undo => locale.say("撤销", "undo"),
        }
    }
}
